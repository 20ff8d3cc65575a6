/** The client's side: calling a server, from a terminal or a pipe. */
package fivefold.cli.connect;
