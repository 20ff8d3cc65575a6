/** Bytes to bounded messages: lines, delimiters, length prefixes. */
package fivefold.net.framing;
