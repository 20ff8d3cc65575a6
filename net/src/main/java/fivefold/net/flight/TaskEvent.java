package fivefold.net.flight;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** A loop runs a task that was posted to it. */
@Name("fivefold.Task")
@Label("Task")
@Description("A loop runs a task that was posted to it.")
@Category("Fivefold")
@Enabled(false)
@StackTrace(false)
final class TaskEvent extends StageEvent {}
