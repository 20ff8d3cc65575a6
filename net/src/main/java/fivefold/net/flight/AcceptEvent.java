package fivefold.net.flight;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** A call that accepts; on a blocking model it also waits. */
@Name("fivefold.Accept")
@Label("Accept")
@Description("A call that accepts; on a blocking model it also waits.")
@Category("Fivefold")
@Enabled(false)
@StackTrace(false)
final class AcceptEvent extends StageEvent {}
