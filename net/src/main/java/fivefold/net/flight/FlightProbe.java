package fivefold.net.flight;

import fivefold.net.CallObserver;
import fivefold.net.CloseReason;
import fivefold.net.Connection;
import fivefold.net.DatagramHandler;
import fivefold.net.LoopStall;
import fivefold.net.Probe;
import fivefold.net.StageRecorder;
import java.net.SocketAddress;
import jdk.jfr.FlightRecorder;
import org.jspecify.annotations.Nullable;

/**
 * Writes what servers meet as events of Java Flight Recorder. Events that nobody records are tested
 * for and not filled in; the calls of a connection's handler are observed only if these are being
 * recorded when it opens.
 */
public final class FlightProbe implements Probe {

  /**
   * The probe of this runtime.
   *
   * @throws NoClassDefFoundError on a runtime without the module jdk.jfr
   */
  public FlightProbe() {
    // Finds out now, and not in the middle of an accept, whether there is a Flight Recorder.
    boolean _ = isRecording();
  }

  /**
   * Whether anybody has ever begun to record. Until then no event's class is loaded: to register
   * them takes as long as the rest of a start.
   */
  static boolean isRecording() {
    return FlightRecorder.isInitialized();
  }

  @Override
  public @Nullable CallObserver observe() {
    return isRecording() && new HandlerCallEvent().isEnabled() ? new FlightCalls() : null;
  }

  /** Of a server that starts while a recording asks for these events. */
  @Override
  public @Nullable StageRecorder stages() {
    return isRecording() && FlightStages.areWanted() ? new FlightStages() : null;
  }

  @Override
  public DatagramHandler around(DatagramHandler handler) {
    return new FlightDatagrams(handler);
  }

  @Override
  public void opened(Connection connection) {
    if (!isRecording()) {
      return;
    }
    ConnectionOpenedEvent event = new ConnectionOpenedEvent();
    if (event.isEnabled()) {
      event.connection = connection.id();
      event.peer = connection.remoteAddress().toString();
      event.commit();
    }
  }

  @Override
  public void closed(Connection connection, CloseReason reason) {
    if (!isRecording()) {
      return;
    }
    ConnectionClosedEvent event = new ConnectionClosedEvent();
    if (event.isEnabled()) {
      event.connection = connection.id();
      event.peer = connection.remoteAddress().toString();
      event.reason = reason.kind().name();
      event.detail = reason.detail();
      event.commit();
    }
  }

  @Override
  public void refused(SocketAddress peer, String why) {
    if (!isRecording()) {
      return;
    }
    ConnectionRefusedEvent event = new ConnectionRefusedEvent();
    if (event.isEnabled()) {
      event.peer = peer.toString();
      event.why = why;
      event.commit();
    }
  }

  @Override
  public void acceptPaused(String why) {
    if (!isRecording()) {
      return;
    }
    AcceptPausedEvent event = new AcceptPausedEvent();
    if (event.isEnabled()) {
      event.why = why;
      event.commit();
    }
  }

  @Override
  public void handlerFailed(SocketAddress peer, Throwable error) {
    if (!isRecording()) {
      return;
    }
    HandlerFailedEvent event = new HandlerFailedEvent();
    if (event.isEnabled()) {
      event.peer = peer.toString();
      event.error = error.toString();
      event.commit();
    }
  }

  @Override
  public void loopCameRound(LoopStall stall) {
    if (!isRecording()) {
      return;
    }
    LoopStallEvent event = new LoopStallEvent();
    if (event.isEnabled()) {
      event.loop = stall.loop();
      event.length = stall.length().toNanos();
      event.stack = stall.stackText();
      event.commit();
    }
  }
}
