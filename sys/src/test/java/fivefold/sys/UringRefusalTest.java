package fivefold.sys;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UringRefusalTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          EPERM  | 2 | false | kernel.io_uring_disabled is 2: sudo sysctl -w kernel.io_uring_disabled=0
          EPERM  | 1 | false | is not in group 4711 (kernel.io_uring_group): sudo sysctl -w
          EPERM  | 2 | true  | kernel.io_uring_disabled is 2
          EPERM  | 0 | true  | seccomp filter
          EPERM  | 0 | false | security module (EPERM)
          EACCES | 0 | false | security module (EACCES)
          EPERM  |   | false | security module
          ENOSYS | 0 | true  | hidden by a seccomp filter
          ENOSYS |   | false | this kernel has no io_uring, Linux 5.0.1: start
          EINVAL | 0 | false | too old, Linux 5.0.1: start one from 6.1 on
          ENOMEM | 0 | false | ulimit -l
          EMFILE | 0 | false | ulimit -n
          ENFILE | 0 | false | fs.file-max
          EIO    | 0 | false | EIO (input/output error)
          """)
  void saysWhatIsWrongAndWhatToDo(
      String errno, String disabled, boolean isFiltered, String expected) throws Exception {
    int number = Errno.class.getField(errno).getInt(null);
    var refusal = new UringRefusal("5.0.1", disabled == null ? "" : disabled, "4711", isFiltered);
    assertThat(refusal.explain(number)).contains(expected).doesNotContain("\n");
  }
}
