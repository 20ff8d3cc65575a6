package fivefold.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class IoModelTest {
  @ParameterizedTest
  @EnumSource
  void isNamedByItsWord(IoModel model) {
    assertThat(IoModel.parse(model.word())).isEqualTo(model);
    assertThat(IoModel.parse(model.word().toUpperCase(Locale.ROOT))).isEqualTo(model);
    assertThat(model).hasToString(model.word());
    assertThat(model.summary()).isNotBlank().doesNotContain("\n");
    assertThat(model.family().word()).isLowerCase().doesNotContain("_");
  }

  @ParameterizedTest
  @CsvSource({
    "' epoll ', EPOLL",
    "Epoll_ET, EPOLL_ET",
    "epoll-et, EPOLL_ET",
    "epoll+pool, EPOLL_POOL"
  })
  void isNamedAsPeopleWriteIt(String word, IoModel model) {
    assertThat(IoModel.parse(word)).isEqualTo(model);
  }

  @ParameterizedTest
  @CsvSource({"''", "epol", "EPOLLS", "threads"})
  void unknownNamesAreAnsweredByTheList(String word) {
    assertThatThrownBy(() -> IoModel.parse(word))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("unknown model '" + word + "'; expected one of ")
        .hasMessageContainingAll(
            Arrays.stream(IoModel.values()).map(IoModel::word).toArray(String[]::new));
  }

  @Test
  void allAreListedOnce() {
    assertThat(IoModel.all()).isEqualTo(List.of(IoModel.values()));
    assertThat(IoModel.all()).extracting(IoModel::word).doesNotHaveDuplicates();
  }

  /** There is no silent fallback, so each must say what stands in its way. */
  @ParameterizedTest
  @EnumSource
  void isAvailableOrSaysWhyNot(IoModel model) {
    if (model.availability() instanceof Availability.Unavailable(String reason, String remedy)) {
      assertThat(reason).isNotBlank();
      assertThat(remedy).isNotBlank();
      assertThatThrownBy(() -> Server.tcp(0, () -> Connection::send).model(model).start())
          .isInstanceOf(ModelUnavailableException.class)
          .hasMessageContainingAll(model.word(), reason, remedy);
    } else {
      assertThat(model.availability().isAvailable()).isTrue();
    }
  }
}
