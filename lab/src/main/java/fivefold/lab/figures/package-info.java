/** Stevens' figures of the I/O models, drawn from traces of this machine. */
@org.jspecify.annotations.NullMarked
package fivefold.lab.figures;
