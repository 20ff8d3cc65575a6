package fivefold.testkit;

import fivefold.net.Availability;
import fivefold.net.IoModel;
import java.lang.reflect.Method;
import java.util.List;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.opentest4j.TestAbortedException;

/**
 * Skips an invocation whose model cannot run on this machine, or not with a handler that shares
 * objects with the test.
 */
final class SkipUnavailable implements InvocationInterceptor {

  @Override
  @SuppressWarnings("NullAway") // Void: what an invocation proceeds with is null
  public void interceptTestTemplateMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> invocationContext,
      ExtensionContext extensionContext)
      throws Throwable {
    Method method = invocationContext.getExecutable();
    for (Object argument : invocationContext.getArguments()) {
      if (argument instanceof IoModel model && !model.sharesMemory() && !isAbout(model, method)) {
        invocation.skip();
        throw new TestAbortedException(
            model
                + ": its handlers run in other processes, and this test's is an object of this one;"
                + " see ProcessConformance");
      }
    }
    for (Object argument : invocationContext.getArguments()) {
      if (argument instanceof IoModel model
          && model.availability() instanceof Availability.Unavailable why) {
        invocation.skip();
        throw new TestAbortedException(model + ": " + why.reason() + "; " + why.remedy());
      }
    }
    try {
      invocation.proceed();
    } catch (TestAbortedException e) {
      throw e;
    } catch (Throwable e) {
      // Some reports name the invocation by number only.
      throw new AssertionError("on " + invocationContext.getArguments() + ": " + e, e);
    }
  }

  private static boolean isAbout(IoModel model, Method method) {
    return List.of(method.getAnnotation(EveryModel.class).only()).contains(model);
  }
}
