package fivefold.net.flight;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** A call that writes; on a blocking model it also waits. */
@Name("fivefold.Write")
@Label("Write")
@Description("A call that writes; on a blocking model it also waits.")
@Category("Fivefold")
@Enabled(false)
@StackTrace(false)
final class WriteEvent extends StageEvent {}
