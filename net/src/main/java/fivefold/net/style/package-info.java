/**
 * Straight-line style: a connection as code that reads, computes and writes, one line after the
 * other, on a virtual thread of its own; on any I/O model.
 */
package fivefold.net.style;
