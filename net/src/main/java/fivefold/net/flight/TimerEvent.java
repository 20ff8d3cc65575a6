package fivefold.net.flight;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** A loop runs a timer that is due. */
@Name("fivefold.Timer")
@Label("Timer")
@Description("A loop runs a timer that is due.")
@Category("Fivefold")
@Enabled(false)
@StackTrace(false)
final class TimerEvent extends StageEvent {}
