/** A crowd: as many connections to one server as this machine can hold, both ends here. */
@NullMarked
package fivefold.lab.crowd;

import org.jspecify.annotations.NullMarked;
