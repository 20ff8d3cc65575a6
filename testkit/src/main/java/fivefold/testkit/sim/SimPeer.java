package fivefold.testkit.sim;

import fivefold.testkit.Pattern;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A peer of the echo kind: sends a pattern, half-closes, reads to the end, and checks that what
 * comes back is what it sent.
 */
public final class SimPeer {

  /** How it came out. */
  public enum Outcome {
    /** It still sends or reads. */
    UNDER_WAY,
    /** All came back, then the end. */
    COMPLETE,
    /** The server ended or broke the connection too early. */
    CUT_OFF,
    /** It broke the connection itself, as its script said. */
    LEFT
  }

  private final SimNetwork network;
  private final SimScript script;
  private final Pattern pattern;
  private final int index;
  private final SimSocket socket;
  private int sentBytes;
  private long receivedBytes;
  private boolean endSent;
  private boolean sending;
  private boolean reading;
  private Outcome outcome = Outcome.UNDER_WAY;
  private @Nullable AssertionError wrong;

  SimPeer(SimNetwork network, int index, SimScript script) {
    this.network = network;
    this.script = script;
    this.index = index;
    this.pattern = new Pattern(index);
    InetSocketAddress address =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 10_000 + index);
    this.socket = new SimSocket(address, this, network.faults().bufferBytes());
  }

  public Outcome outcome() {
    return outcome;
  }

  /** The first thing that was not as it should be, or null. */
  public @Nullable AssertionError wrong() {
    return wrong;
  }

  public long receivedBytes() {
    return receivedBytes;
  }

  private boolean isOver() {
    return outcome != Outcome.UNDER_WAY;
  }

  private long thinkNanos() {
    return network.random().nextLong(1, script.longestThinkNanos() + 1);
  }

  private void after(long delayNanos, Runnable action) {
    network.clock().at(network.nowNanos() + delayNanos, action);
  }

  void connect() {
    network.arriveAtListener(socket);
    if (script.resets()) {
      after(script.longestThinkNanos() * network.random().nextInt(1, 20), this::leave);
    }
    sendLater();
  }

  private void leave() {
    if (!isOver()) {
      outcome = Outcome.LEFT;
      after(network.delayNanos(), socket::breakDown);
    }
  }

  private void sendLater() {
    if (!sending && !endSent) {
      sending = true;
      after(thinkNanos(), this::sendNow);
    }
  }

  /** The server has read: its answer to a full buffer travels back. */
  void roomAgain(long delayNanos) {
    after(delayNanos, this::sendLater);
  }

  private void sendNow() {
    sending = false;
    if (isOver() || endSent) {
      return;
    }
    int left = script.bytes() - sentBytes;
    if (left == 0) {
      endSent = true;
      arriveAtServer(socket.toServer::arriveEnd);
      return;
    }
    int room = socket.toServer.room();
    if (room > 0) {
      int most = Math.min(Math.min(left, room), script.largestPiece());
      byte[] piece = pattern.bytes(sentBytes, network.random().nextInt(1, most + 1));
      sentBytes += piece.length;
      socket.toServer.depart(piece.length);
      arriveAtServer(() -> socket.toServer.arrive(piece));
      sendLater();
    }
  }

  private long lastArrivalNanos;

  private void arriveAtServer(Runnable arrival) {
    lastArrivalNanos = Math.max(lastArrivalNanos, network.nowNanos() + network.delayNanos());
    network
        .clock()
        .at(
            lastArrivalNanos,
            () -> {
              if (socket.isClosed()) {
                // Bytes for a socket that is gone are answered with a reset.
                broken();
              } else {
                arrival.run();
                socket.arrived();
              }
            });
  }

  void readLater() {
    if (!reading && !isOver()) {
      reading = true;
      after(thinkNanos(), this::readNow);
    }
  }

  private void readNow() {
    reading = false;
    if (isOver()) {
      return;
    }
    ByteBuffer some = ByteBuffer.allocate(script.largestPiece());
    if (socket.toPeer.read(some, some.capacity()) > 0) {
      check(some.flip());
      socket.roomAgain();
      readLater();
    } else if (socket.toPeer.isAtEnd()) {
      boolean complete = receivedBytes == script.bytes() && endSent;
      outcome = complete ? Outcome.COMPLETE : Outcome.CUT_OFF;
    }
  }

  private void check(ByteBuffer bytes) {
    try {
      receivedBytes = pattern.check(receivedBytes, bytes);
    } catch (AssertionError e) {
      if (wrong == null) {
        wrong = e;
      }
    }
  }

  /** The server has reset the connection. */
  void broken() {
    if (!isOver()) {
      outcome = Outcome.CUT_OFF;
    }
  }

  @Override
  public String toString() {
    return "peer "
        + index
        + " "
        + outcome
        + ", sent "
        + sentBytes
        + ", received "
        + receivedBytes
        + " of "
        + script.bytes();
  }
}
