package fivefold.testkit;

import fivefold.net.CloseReason;
import fivefold.net.Connection;
import fivefold.net.ServerListener;
import fivefold.net.StreamHandler;
import java.net.SocketAddress;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/**
 * Makes handlers that record every call and note what breaks the contract, and listens to the
 * server besides.
 *
 * <pre>{@code
 * Recorder recorder = new Recorder(() -> Connection::send);
 * try (Server server = Server.tcp(0, recorder).listener(recorder).start()) { ... }
 * recorder.assertSound();
 * }</pre>
 */
public final class Recorder implements Supplier<StreamHandler>, ServerListener {
  private final Supplier<? extends StreamHandler> behaviours;
  private final List<Recording> recordings = new CopyOnWriteArrayList<>();

  private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
  private final Queue<Connection> opened = new ConcurrentLinkedQueue<>();
  private final Queue<CloseReason> closed = new ConcurrentLinkedQueue<>();
  private final Queue<String> refused = new ConcurrentLinkedQueue<>();
  private final Queue<String> acceptPauses = new ConcurrentLinkedQueue<>();
  private final Queue<String> warnings = new ConcurrentLinkedQueue<>();

  /** Records what these do, one for each connection. */
  public Recorder(Supplier<? extends StreamHandler> behaviours) {
    this.behaviours = behaviours;
  }

  /** Sends back what arrives. */
  public static Recorder echoing() {
    return new Recorder(() -> Connection::send);
  }

  /** Reads and says nothing. */
  public static Recorder silent() {
    return new Recorder(() -> (connection, data) -> {});
  }

  @Override
  public StreamHandler get() {
    Recording recording = new Recording(behaviours.get());
    recordings.add(recording);
    return recording;
  }

  /** The recording of the n-th connection, from 0, as soon as it is open. */
  public Recording connection(int n) {
    Await.until("connection " + n + " opens", () -> recordings.size() > n);
    Recording recording = recordings.get(n);
    recording.awaitOpen();
    return recording;
  }

  public Recording first() {
    return connection(0);
  }

  public List<Recording> recordings() {
    return List.copyOf(recordings);
  }

  /** Asserts that no connection saw its contract broken so far. */
  public void assertSound() {
    for (Recording recording : recordings) {
      recording.assertSound();
    }
  }

  /** What handlers threw, as the server reported it. */
  public List<Throwable> failures() {
    return List.copyOf(failures);
  }

  public List<Connection> openedConnections() {
    return List.copyOf(opened);
  }

  public List<CloseReason> closeReasons() {
    return List.copyOf(closed);
  }

  public List<String> refusals() {
    return List.copyOf(refused);
  }

  public List<String> acceptPauses() {
    return List.copyOf(acceptPauses);
  }

  public List<String> warnings() {
    return List.copyOf(warnings);
  }

  @Override
  public void handlerFailed(SocketAddress peer, Throwable error) {
    failures.add(error);
  }

  @Override
  public void opened(Connection connection) {
    opened.add(connection);
  }

  @Override
  public void closed(Connection connection, CloseReason reason) {
    closed.add(reason);
  }

  @Override
  public void refused(SocketAddress peer, String why) {
    refused.add(why);
  }

  @Override
  public void acceptPaused(String why) {
    acceptPauses.add(why);
  }

  @Override
  public void warned(String message) {
    warnings.add(message);
  }
}
