package fivefold.net.framing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fivefold.net.CloseReason;
import fivefold.net.Connection;
import fivefold.net.ProtocolException;
import fivefold.net.StreamHandler;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Closing and pausing between two frames that arrived together. */
class FramedStreamTest {
  private final List<String> heard = new ArrayList<>();
  private final FakeConnection connection = new FakeConnection();

  /** A line that is a command does it; every call is heard. */
  private final StreamHandler handler =
      Framing.lines(
          100,
          new LineHandler() {
            @Override
            public void onLine(Connection peer, String line) {
              heard.add(line);
              switch (line) {
                case "close" -> peer.close();
                case "pause" -> peer.pauseReading();
                case "pause-resume" -> {
                  peer.pauseReading();
                  peer.resumeReading();
                }
                default -> {}
              }
            }

            @Override
            public void onOpen(Connection peer) {
              view = peer;
              heard.add("<open>");
            }

            @Override
            public void onEnd(Connection peer) {
              heard.add("<end>");
              peer.close();
            }

            @Override
            public void onWritable(Connection peer) {
              heard.add("<writable>");
            }

            @Override
            public void onClose(Connection peer, CloseReason reason) {
              heard.add("<" + reason.kind() + ">");
            }
          });

  private Connection view;

  @BeforeEach
  void open() throws Exception {
    handler.onOpen(connection);
    heard.clear();
  }

  private void receive(String text) throws Exception {
    Pieces.receive(handler, connection, text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void everyEventReachesTheHandler() throws Exception {
    receive("a\n");
    handler.onWritable(connection);
    handler.onEnd(connection);
    handler.onClose(connection, CloseReason.PEER_CLOSED);
    assertThat(heard).containsExactly("a", "<writable>", "<end>", "<PEER_CLOSED>");
  }

  @Test
  void nothingComesAfterTheHandlerHasClosed() throws Exception {
    receive("a\nclose\nb\nc");
    handler.onEnd(connection);
    assertThat(heard).startsWith("a", "close").doesNotContain("b", "c");
  }

  @Test
  void pausingHoldsBackWhatHadArrivedTogether() throws Exception {
    receive("a\npause\nb\nc\nd");
    assertThat(heard).containsExactly("a", "pause");
    assertThat(connection.isPaused()).isTrue();

    view.resumeReading();
    assertThat(heard).as("not inside the caller's call").hasSize(2);
    assertThat(connection.isPaused()).as("until what was held is delivered").isTrue();
    connection.runTasks();
    assertThat(heard).containsExactly("a", "pause", "b", "c");
    assertThat(connection.isPaused()).isFalse();

    receive("e\n");
    assertThat(heard).endsWith("c", "de");
  }

  @Test
  void pausingAgainWhileTheHeldAreDelivered() throws Exception {
    receive("pause\na\npause\nb\n");
    view.resumeReading();
    connection.runTasks();
    assertThat(heard).containsExactly("pause", "a", "pause");
    assertThat(connection.isPaused()).isTrue();
    view.resumeReading();
    connection.runTasks();
    assertThat(heard).containsExactly("pause", "a", "pause", "b");
    assertThat(connection.isPaused()).isFalse();
  }

  @Test
  void whatArrivesWhilePausedQueuesBehindTheHeld() throws Exception {
    receive("pause\na\n");
    receive("b\n");
    assertThat(heard).containsExactly("pause");
    view.resumeReading();
    receive("c\n");
    connection.runTasks();
    assertThat(heard).containsExactly("pause", "a", "b", "c");
  }

  @Test
  void theEndWaitsForTheHeld() throws Exception {
    receive("pause\na\nb");
    handler.onEnd(connection);
    assertThat(heard).containsExactly("pause");
    assertThat(connection.isOpen()).isTrue();
    view.resumeReading();
    connection.runTasks();
    assertThat(heard).containsExactly("pause", "a", "b", "<end>");
  }

  @Test
  void pausingAndResumingInOneCallDelaysNothing() throws Exception {
    receive("pause-resume\na\n");
    assertThat(heard).containsExactly("pause-resume", "a");
    connection.runTasks();
    assertThat(connection.isPaused()).isFalse();
  }

  @Test
  void aHeldLineTooLongIsThrownWhereTheTaskRuns() throws Exception {
    receive("pause\n" + "x".repeat(101));
    view.resumeReading();
    assertThatThrownBy(connection::runTasks).isInstanceOf(ProtocolException.class);
  }

  @Test
  void nothingIsDeliveredToAConnectionClosedWhilePaused() throws Exception {
    receive("pause\na\n");
    view.close();
    handler.onClose(connection, CloseReason.LOCAL_CLOSE);
    view.resumeReading();
    connection.runTasks();
    assertThat(heard).containsExactly("pause", "<LOCAL_CLOSE>");
  }

  @Test
  void oneHandlerForTwoConnectionsIsRefused() {
    assertThatThrownBy(() -> handler.onOpen(new FakeConnection()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("two connections");
  }
}
