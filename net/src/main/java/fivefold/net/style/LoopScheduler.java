package fivefold.net.style;

import java.lang.System.Logger.Level;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Makes virtual threads that an executor of ours runs. The JDK has no public way (JDK 25), only a
 * method below its builders; {@code --add-opens} lets us call it. Whoever does not give that flag
 * gets the JDK's scheduler, and one line in the log.
 */
final class LoopScheduler {
  private static final System.Logger LOG = System.getLogger("fivefold.net.style");

  /** System property: true for the JDK's scheduler in any case. */
  private static final String JDK_SCHEDULER = "fivefold.style.jdkScheduler";

  /** {@code Thread.NO_INHERIT_THREAD_LOCALS} of the JDK: a loop's own are none of its business. */
  private static final int NO_INHERIT_THREAD_LOCALS = 1 << 2;

  private static final @Nullable MethodHandle NEW_THREAD = newThread();

  private LoopScheduler() {}

  private static @Nullable MethodHandle newThread() {
    if (Boolean.getBoolean(JDK_SCHEDULER)) {
      LOG.log(Level.DEBUG, "conversations run on the JDK's scheduler, as asked for");
      return null;
    }
    try {
      Class<?> builders = Class.forName("java.lang.ThreadBuilders");
      return MethodHandles.privateLookupIn(builders, MethodHandles.lookup())
          .findStatic(
              builders,
              "newVirtualThread",
              MethodType.methodType(
                  Thread.class, Executor.class, String.class, int.class, Runnable.class));
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
    return NEW_THREAD != null;
  }

  /** A virtual thread, not started, whose every piece of work is given to the executor. */
  static Thread newThread(Executor executor, Runnable task) {
    MethodHandle make = NEW_THREAD;
    if (make == null) {
      throw new IllegalStateException("no scheduler of our own on this JVM");
    }
    try {
      return (Thread)
          make.invokeExact(executor, (@Nullable String) null, NO_INHERIT_THREAD_LOCALS, task);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("the JDK refuses a virtual thread", e);
    }
  }
}
