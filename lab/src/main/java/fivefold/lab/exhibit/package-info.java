/** Claims about I/O models, each run and measured on the reader's machine. */
@NullMarked
package fivefold.lab.exhibit;

import org.jspecify.annotations.NullMarked;
