package fivefold.lab.load;

import fivefold.net.loop.Registration;
import org.jspecify.annotations.Nullable;

/** One connection of the load: what is in flight on it, and since when. */
final class LoadConnection {
  final int handle;

  /** Where its stream of requests begins. */
  final long start;

  final Replies replies;

  @Nullable Registration registration;
  boolean connected;
  boolean open = true;

  /** Reads or writes little at a time, on purpose. */
  boolean slow;

  /** Has said that it sends no more, and waits for the server to say the same. */
  boolean leaving;

  /** Its place among the connections, and that another may take it. */
  int slot;

  boolean vacant;

  /** Of this end; 0 until it is connected. */
  int localPort;

  /** When it began to connect, {@link System#nanoTime}. */
  final long openedNanos = System.nanoTime();

  /** Where in the stream of requests the next byte to be sent is. */
  long place;

  /** Bytes of the stream: given to the kernel, and that may be given. */
  long sent;

  long allowed;

  /** Requests answered. */
  long completed;

  /** Requests that wait for their reply, the oldest of them in {@link #oldest}. */
  int inFlight;

  /** In an open loop: requests whose time has come, and how many of these have begun. */
  long due;

  long begun;

  /** Its place among the connections of an open loop. */
  int index;

  /** When the request in each place of the pipeline began, {@link System#nanoTime}. */
  private final long[] startNanos;

  private int oldest;

  LoadConnection(int handle, long start, Replies replies, int pipeline) {
    this.handle = handle;
    this.start = start;
    this.place = start;
    this.replies = replies;
    this.startNanos = new long[pipeline];
  }

  /** Open, and not everything that was sent has come back; or not even connected, or not closed. */
  boolean isOwedReply() {
    return open && (inFlight > 0 || completed == 0 || leaving);
  }

  /** One request more may be in flight. */
  boolean hasRoom() {
    return inFlight < startNanos.length;
  }

  /** Lets one request go; there must be room. */
  void begin(int requestBytes, long nanos) {
    int at = oldest + inFlight;
    startNanos[at < startNanos.length ? at : at - startNanos.length] = nanos;
    inFlight++;
    allowed += requestBytes;
  }

  /** How long the oldest has been in flight; 0 when none is. */
  long waitedNanos(long nowNanos) {
    return inFlight == 0 ? 0 : Math.max(0, nowNanos - startNanos[oldest]);
  }

  /** The place of the oldest. */
  int oldest() {
    return oldest;
  }

  /** Takes the oldest out; there must be one. Returns when it began. */
  long end() {
    long began = startNanos[oldest];
    oldest = oldest + 1 == startNanos.length ? 0 : oldest + 1;
    inFlight--;
    return began;
  }
}
