package fivefold.bench;

import fivefold.net.loop.NativeTransport;
import fivefold.net.loop.SocketOptions;
import fivefold.sys.Descriptors;
import fivefold.sys.Errno;
import fivefold.sys.Memory;
import fivefold.sys.MessageHeader;
import fivefold.sys.MessageHeaders;
import fivefold.sys.Poll;
import fivefold.sys.SocketAddresses;
import fivefold.sys.Sockets;
import java.io.IOException;
import java.net.InetSocketAddress;

/**
 * Keeps so many datagrams in flight on one socket, and checks each answer: a number that was sent,
 * and its complement. Cheap by recvmmsg(2) and sendmmsg(2), so that the server is what is busy.
 */
final class UdpLoad implements AutoCloseable {
  private static final int LOST_AFTER_MILLIS = 200;

  private final NativeTransport transport = new NativeTransport();
  private final int window;
  private final int bytes;
  private final int stride;
  private final int socket;
  private final long sockaddr = Memory.allocate(SocketAddresses.STORAGE_BYTES);
  private final long headers;
  private final long answers;
  private final long iov;
  private final long buffers;
  private final long poll = Memory.allocate(Poll.ENTRY_BYTES);
  private long next;
  private long lost;

  /**
   * Not running yet.
   *
   * @param bytes of a datagram
   * @param rising whether each of a window is a byte longer than the one before, so that no two of
   *     them can leave as one message
   */
  UdpLoad(InetSocketAddress server, int window, int bytes, boolean rising) throws IOException {
    this.window = window;
    this.bytes = bytes;
    this.stride = bytes + window;
    socket =
        transport.bindDatagram(
            new InetSocketAddress("127.0.0.1", 0), new SocketOptions(0, false, false, false, 0, 0));
    int length = SocketAddresses.encode(server, sockaddr);
    if (Sockets.connect(socket, sockaddr, length) < 0) {
      throw new IOException("cannot connect to " + server);
    }
    headers = Memory.allocate((long) window * MessageHeaders.BYTES);
    answers = Memory.allocate((long) window * MessageHeaders.BYTES);
    iov = Memory.allocate(2L * window * Descriptors.IOV_BYTES);
    buffers = Memory.allocate((long) window * stride);
    for (int i = 0; i < window; i++) {
      put(headers, i, i, rising ? bytes + i : bytes);
      put(answers, i, window + i, stride);
    }
    Poll.put(poll, 0, socket, Poll.POLLIN);
  }

  private void put(long to, int index, int entry, int length) {
    Descriptors.putIov(iov, entry, buffers + (long) index * stride, length);
    long address = iov + (long) entry * Descriptors.IOV_BYTES;
    MessageHeader.put(MessageHeaders.header(to, index), 0, 0, address, 1);
  }

  /** Answers that came within the time. */
  long run(long millis) {
    long endNanos = System.nanoTime() + millis * 1_000_000;
    long answers = 0;
    send(window);
    int inFlight = window;
    while (true) {
      int count = receive();
      if (count == 0) {
        lost += inFlight;
        inFlight = 0;
      }
      answers += count;
      inFlight -= count;
      if (System.nanoTime() > endNanos) {
        break;
      }
      send(window - inFlight);
      inFlight = window;
    }
    while (inFlight > 0) {
      int count = receive();
      if (count == 0) {
        lost += inFlight;
        break;
      }
      inFlight -= count;
    }
    return answers;
  }

  long lost() {
    return lost;
  }

  private void send(int count) {
    for (int i = 0; i < count; i++) {
      long buffer = buffers + (long) i * stride;
      Memory.putLong(buffer, next);
      Memory.putLong(buffer + Long.BYTES, ~next);
      next++;
    }
    for (int sent = 0; sent < count; ) {
      int result = Sockets.sendmmsg(socket, MessageHeaders.header(headers, sent), count - sent, 0);
      sent += Math.max(1, result);
    }
  }

  /** Waits for at least one; 0 when none comes any more. */
  private int receive() {
    int count = Sockets.recvmmsg(socket, answers, window, Sockets.MSG_DONTWAIT);
    if (count == -Errno.EAGAIN) {
      if (Poll.poll(poll, 1, LOST_AFTER_MILLIS) <= 0) {
        return 0;
      }
      count = Sockets.recvmmsg(socket, answers, window, Sockets.MSG_DONTWAIT);
    }
    for (int i = 0; i < count; i++) {
      long buffer = buffers + (long) i * stride;
      long number = Memory.getLong(buffer);
      if (MessageHeaders.bytes(answers, i) < bytes
          || Memory.getLong(buffer + Long.BYTES) != ~number
          || number >= next) {
        throw new IllegalStateException("an answer that is not what was asked");
      }
    }
    return Math.max(0, count);
  }

  @Override
  public void close() {
    transport.close(socket);
    Memory.free(sockaddr);
    Memory.free(headers);
    Memory.free(answers);
    Memory.free(iov);
    Memory.free(buffers);
    Memory.free(poll);
  }
}
