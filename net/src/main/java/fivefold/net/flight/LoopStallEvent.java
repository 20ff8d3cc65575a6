package fivefold.net.flight;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

/** A loop did not come round in time; written when it has. */
@Name("fivefold.LoopStall")
@Label("Loop stall")
@Description("A loop did not come round in time; written when it has.")
@Category("Fivefold")
@StackTrace(false)
final class LoopStallEvent extends Event {
  @Label("Loop")
  @Nullable String loop;

  @Label("Length")
  @Timespan
  long length;

  @Label("Stack when noticed")
  @Nullable String stack;
}
