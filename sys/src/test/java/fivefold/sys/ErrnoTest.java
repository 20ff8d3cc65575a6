package fivefold.sys;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ErrnoTest {
  @Test
  void namesAndDescribesEitherSign() {
    assertThat(Errno.name(Errno.ECONNRESET)).isEqualTo("ECONNRESET");
    assertThat(Errno.name(-Errno.ECONNRESET)).isEqualTo("ECONNRESET");
    assertThat(Errno.describe(-Errno.ECONNRESET))
        .isEqualTo("ECONNRESET (connection reset by peer)");
  }

  @Test
  void everyConstantKnowsItsName() throws IllegalAccessException {
    for (var field : Errno.class.getFields()) {
      String name = field.getName();
      if (!name.equals("EWOULDBLOCK") && !name.equals("ENOTSUP")) {
        assertThat(Errno.name(field.getInt(null))).isEqualTo(name);
        assertThat(Errno.describe(field.getInt(null))).matches(name + " \\(.+\\)");
      }
    }
  }

  @Test
  void unknownNumbersAreStillShown() {
    assertThat(Errno.name(41)).isEqualTo("errno 41"); // Linux leaves 41 out
    assertThat(Errno.describe(-4711)).isEqualTo("errno 4711");
    assertThat(Errno.describe(0)).isEqualTo("errno 0");
    assertThat(Errno.describe(Integer.MIN_VALUE)).startsWith("errno ");
  }

  @Test
  void theExceptionSaysWhichCallFailedAndWhy() {
    NativeException exception = NativeException.of("bind 127.0.0.1:80", -Errno.EACCES);
    assertThat(exception).hasMessage("bind 127.0.0.1:80: EACCES (permission denied)");
    assertThat(exception.errno()).isEqualTo(Errno.EACCES);
  }
}
