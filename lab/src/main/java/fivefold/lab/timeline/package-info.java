/** Timelines: lanes of spans over one axis of time, drawn for a terminal and as SVG. */
@org.jspecify.annotations.NullMarked
package fivefold.lab.timeline;
