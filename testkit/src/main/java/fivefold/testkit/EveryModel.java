package fivefold.testkit;

import fivefold.net.IoModel;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/**
 * A test that holds on every I/O model. It runs once for each, and is skipped, with the reason,
 * where the model is not available, and where it does not share memory ({@link
 * IoModel#sharesMemory}), so that the test's handler could not tell the test anything.
 *
 * <pre>{@code
 * @EveryModel
 * void echoes(IoModel model) throws Exception { ... }
 * }</pre>
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Documented
// None is left when the models wanted are not those the subject is about.
@ParameterizedTest(name = "{0}", allowZeroInvocations = true)
@ArgumentsSource(ModelArguments.class)
@ExtendWith(SkipUnavailable.class)
// A thread of its own, so that a server that hangs fails its test and not the whole run.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public @interface EveryModel {

  /** The models that have this trait; empty for all. */
  IoModel[] only() default {};

  /** Models on which the subject does not exist; say why beside it. */
  IoModel[] except() default {};

  /** Whether the subject is UDP: then models that have none are passed over. */
  boolean datagrams() default false;
}
