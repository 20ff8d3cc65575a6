package fivefold.net;

import static fivefold.net.IoModel.EPOLL;
import static fivefold.net.IoModel.IO_URING;
import static fivefold.net.IoModel.NIO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fivefold.net.ModelChoice.PassedOver;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class AutoModelTest {
  private static final List<AutoOrder.Place> PLACES =
      List.of(
          new AutoOrder.Place(IO_URING, ""),
          new AutoOrder.Place(EPOLL, "costs more than io_uring"),
          new AutoOrder.Place(NIO, "costs more than epoll"));

  private static Optional<PassedOver> refused(IoModel model) {
    return Optional.of(new PassedOver(model, "no " + model, "get it"));
  }

  @Test
  void theFirstIsTakenAndTheOthersAreNotAsked() {
    ModelChoice choice =
        AutoModel.best(
            PLACES,
            model -> {
              assertThat(model).isEqualTo(IO_URING);
              return Optional.empty();
            });
    assertThat(choice)
        .isEqualTo(
            new ModelChoice(
                IO_URING,
                List.of(IO_URING, EPOLL, NIO),
                List.of(
                    new PassedOver(EPOLL, "costs more than io_uring", null),
                    new PassedOver(NIO, "costs more than epoll", null))));
  }

  @Test
  void whatCannotRunIsPassedOverWithTheReasonAndTheRemedy() {
    ModelChoice choice =
        AutoModel.best(PLACES, model -> model == NIO ? Optional.empty() : refused(model));
    assertThat(choice.model()).isEqualTo(NIO);
    assertThat(choice.passedOver())
        .extracting(PassedOver::toString)
        .containsExactly("io_uring: no io_uring; get it", "epoll: no epoll; get it");
  }

  @Test
  void aBuildWithoutAnyRoomIsNoChoice() {
    assertThatIllegalStateException()
        .isThrownBy(() -> AutoModel.best(PLACES, AutoModelTest::refused))
        .withMessageContaining("no nio");
  }

  /** Whichever machine this is: all in the order but the one taken are explained. */
  @Test
  void explainsTheWholeOrder() {
    ModelChoice choice = IoModel.auto();
    assertThat(choice.model().availability().isAvailable()).isTrue();
    assertThat(choice.order()).contains(choice.model()).doesNotHaveDuplicates();
    assertThat(choice.passedOver())
        .hasSize(choice.order().size() - 1)
        .allMatch(other -> !other.reason().isBlank())
        .noneMatch(other -> other.model() == choice.model());
  }

  @Test
  void theFirstOfTheRequiredIsTakenAndNoOther() throws Exception {
    ModelChoice choice = IoModel.auto(List.of(IoModel.VIRTUAL, NIO));
    assertThat(choice.model()).isEqualTo(IoModel.VIRTUAL);
    assertThat(choice.order()).containsExactly(IoModel.VIRTUAL, NIO);
    assertThat(choice.passedOver()).extracting(PassedOver::model).containsExactly(NIO);
    assertThatThrownBy(() -> IoModel.auto(List.of())).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void noneOfTheRequiredIsOneLineWithEachReason() {
    assertThat(
            new ModelUnavailableException(
                List.of(
                    new PassedOver(IO_URING, "forbidden", "allow it"),
                    new PassedOver(EPOLL, "needs Linux", "take nio"))))
        .hasMessage(
            "no required model is available: io_uring: forbidden; allow it | epoll: needs Linux;"
                + " take nio");
  }
}
