/** What an operator types at a server on a terminal. */
package fivefold.cli.console;
