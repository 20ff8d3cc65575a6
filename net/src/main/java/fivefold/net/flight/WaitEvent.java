package fivefold.net.flight;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** A loop waits for events, or for the end of a time. */
@Name("fivefold.Wait")
@Label("A loop waits for events")
@Description("A loop waits for events, or for the end of a time.")
@Category("Fivefold")
@Enabled(false)
@StackTrace(false)
final class WaitEvent extends StageEvent {}
