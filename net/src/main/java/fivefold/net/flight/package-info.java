/** The events of Java Flight Recorder; loaded only where the runtime has the module jdk.jfr. */
@org.jspecify.annotations.NullMarked
package fivefold.net.flight;
