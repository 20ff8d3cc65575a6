/** The code shown in {@code docs/guide}; a test holds the two together. */
@NullMarked
package guide;

import org.jspecify.annotations.NullMarked;
