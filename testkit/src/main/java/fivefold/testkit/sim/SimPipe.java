package fivefold.testkit.sim;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/** One direction of a connection: bounded, in order, and with a delay. */
final class SimPipe {
  private final int capacityBytes;
  private final ArrayDeque<byte[]> arrived = new ArrayDeque<>();
  private int firstRead;
  private int arrivedBytes;
  private int travellingBytes;
  private boolean endSent;
  private boolean endArrived;

  SimPipe(int capacityBytes) {
    this.capacityBytes = capacityBytes;
  }

  int room() {
    return capacityBytes - arrivedBytes - travellingBytes;
  }

  /** The bytes are on their way: they take room from now on. */
  void depart(int bytes) {
    travellingBytes += bytes;
  }

  void arrive(byte[] bytes) {
    travellingBytes -= bytes.length;
    arrivedBytes += bytes.length;
    arrived.add(bytes);
  }

  void sendEnd() {
    endSent = true;
  }

  boolean isEndSent() {
    return endSent;
  }

  void arriveEnd() {
    endArrived = true;
  }

  /** Something to read, the end perhaps. */
  boolean isReadable() {
    return arrivedBytes > 0 || endArrived;
  }

  boolean isAtEnd() {
    return arrivedBytes == 0 && endArrived;
  }

  int readableBytes() {
    return arrivedBytes;
  }

  /** Moves at most so many bytes into the buffer. */
  int read(ByteBuffer into, int most) {
    int left = Math.min(most, Math.min(into.remaining(), arrivedBytes));
    int moved = left;
    while (left > 0) {
      byte[] first = arrived.getFirst();
      int count = Math.min(left, first.length - firstRead);
      into.put(first, firstRead, count);
      firstRead += count;
      left -= count;
      if (firstRead == first.length) {
        arrived.removeFirst();
        firstRead = 0;
      }
    }
    arrivedBytes -= moved;
    return moved;
  }

  void clear() {
    arrived.clear();
    arrivedBytes = 0;
    firstRead = 0;
  }
}
