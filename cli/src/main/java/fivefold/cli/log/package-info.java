/** Where the log goes. */
package fivefold.cli.log;
