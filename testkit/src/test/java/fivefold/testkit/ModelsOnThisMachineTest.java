package fivefold.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import fivefold.net.Availability;
import fivefold.net.IoModel;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A conformance suite whose models are all skipped would pass: here that fails. */
class ModelsOnThisMachineTest {

  @ParameterizedTest
  @EnumSource
  void isAvailableOrSaysWhatToDo(IoModel model) {
    Availability availability = model.availability();
    boolean linux = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("linux");
    // On Linux kqueue is a library's, which may not be there.
    boolean expected = linux && model != IoModel.KQUEUE;
    if (expected || model.family() == IoModel.Family.BLOCKING || model == IoModel.NIO) {
      assertThat(availability).isInstanceOf(Availability.Available.class);
    } else if (availability instanceof Availability.Unavailable why) {
      assertThat(why.reason()).isNotBlank();
      assertThat(why.remedy()).isNotBlank();
    }
  }
}
