/** Says what runs now, and how long the rest will take. */
package fivefold.cli.progress;
