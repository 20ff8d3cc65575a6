/** The chat in a browser: HTTP and WebSocket beside lines, on every I/O model. */
@NullMarked
package fivefold.web;

import org.jspecify.annotations.NullMarked;
