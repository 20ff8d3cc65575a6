package fivefold.net.style;

import java.lang.System.Logger.Level;
import java.lang.reflect.Constructor;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Makes virtual threads that an executor of ours runs. The JDK has no public way (JDK 25), only a
 * constructor for its own tests; {@code --add-opens} lets us call it. Whoever does not give that
 * flag gets the JDK's scheduler, and one line in the log.
 */
final class LoopScheduler {
  private static final System.Logger LOG = System.getLogger("fivefold.net.style");

  /** System property: true for the JDK's scheduler in any case. */
  private static final String JDK_SCHEDULER = "fivefold.style.jdkScheduler";

  private static final @Nullable Constructor<?> BUILDER = builder();

  private LoopScheduler() {}

  private static @Nullable Constructor<?> builder() {
    if (Boolean.getBoolean(JDK_SCHEDULER)) {
      LOG.log(Level.DEBUG, "conversations run on the JDK's scheduler, as asked for");
      return null;
    }
    try {
      Constructor<?> builder =
          Class.forName("java.lang.ThreadBuilders$VirtualThreadBuilder")
              .getDeclaredConstructor(Executor.class);
      builder.setAccessible(true);
      return builder;
    } catch (ReflectiveOperationException | RuntimeException e) {
      Module module = LoopScheduler.class.getModule();
      LOG.log(
          Level.INFO,
          "conversations run on the JDK's scheduler, with a change of threads for each request; to"
              + " run them on the loops start java with --add-opens java.base/java.lang="
              + (module.isNamed() ? module.getName() : "ALL-UNNAMED"));
      return null;
    }
  }

  static boolean isAvailable() {
    return BUILDER != null;
  }

  /** A virtual thread, not started, whose every piece of work is given to the executor. */
  static Thread newThread(Executor executor, Runnable task) {
    Constructor<?> builder = BUILDER;
    if (builder == null) {
      throw new IllegalStateException("no scheduler of our own on this JVM");
    }
    try {
      return ((Thread.Builder.OfVirtual) builder.newInstance(executor))
          .inheritInheritableThreadLocals(false)
          .unstarted(task);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the JDK refuses a virtual thread", e);
    }
  }
}
