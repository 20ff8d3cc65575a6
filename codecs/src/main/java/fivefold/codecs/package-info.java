/** Netty's codecs on every I/O model: a pipeline as a handler. */
@NullMarked
package fivefold.codecs;

import org.jspecify.annotations.NullMarked;
