/** A terminal client for a chat: keyboard and network waited for in one event loop. */
package fivefold.cli.chat;
