package fivefold.sys;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class CallStateTest {
  @Test
  void aPlatformThreadKeepsItsOwn() {
    CallState first = CallState.take();
    first.release();
    CallState second = CallState.take();
    second.release();
    assertThat(second).isSameAs(first);
  }

  @Test
  void virtualThreadsTakeTurns() throws Exception {
    Set<Long> addresses = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      addresses.add(
          onVirtualThread(() -> {
            CallState state = CallState.take();
            try {
              return state.struct();
            } finally {
              state.release();
            }
          }));
    }
    assertThat(addresses).hasSizeLessThanOrEqualTo(16 * Runtime.getRuntime().availableProcessors());
  }

  @Test
  void whatIsTakenIsNotGivenTwiceEvenWhenThePoolIsEmpty() throws Exception {
    int many = 1000;
    Set<Long> addresses =
        onVirtualThread(() -> {
          Set<CallState> states = new HashSet<>();
          for (int i = 0; i < many; i++) {
            states.add(CallState.take());
          }
          Set<Long> distinct = new HashSet<>();
          for (CallState state : states) {
            distinct.add(state.struct());
            state.release();
          }
          return distinct;
        });
    assertThat(addresses).hasSize(many);
  }

  private static <T> T onVirtualThread(Callable<T> task) throws Exception {
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      return executor.submit(task).get();
    }
  }
}
