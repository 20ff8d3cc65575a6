package fivefold.bench;

import com.sun.management.ThreadMXBean;
import fivefold.net.Connection;
import fivefold.net.IoModel;
import fivefold.net.Server;
import fivefold.net.StreamHandler;
import fivefold.services.Services;
import java.io.EOFException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Drives a million requests of upper-case echo through each model that has one loop, and prints
 * what the loop's thread allocated meanwhile, as the JVM counts it.
 *
 * <pre>{@code
 * java --enable-native-access=ALL-UNNAMED -cp 'bench/target/dist/lib/*' fivefold.bench.AllocationProof [MODEL...]
 * }</pre>
 */
public final class AllocationProof {
  private static final List<IoModel> MODELS =
      List.of(
          IoModel.NONBLOCKING,
          IoModel.SELECT,
          IoModel.POLL,
          IoModel.EPOLL,
          IoModel.EPOLL_ET,
          IoModel.NIO);

  private static final int CONNECTIONS = 64;
  private static final int REQUEST_BYTES = 64;

  /** So many until the compiler has done its work; what is interpreted allocates more. */
  private static final int WARMUP_REQUESTS = 500_000;

  private static final int REQUESTS = 1_000_000;

  /** The JDK's selector boxes the number of each ready descriptor above 127. */
  private static final int NIO_LIMIT_BYTES = 17;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private AllocationProof() {}

  /**
   * Prints a line for each model; exit code 1 when one allocates a byte a request or more, of its
   * own.
   */
  public static void main(String[] arguments) throws IOException {
    boolean clean = true;
    System.out.printf("%-12s %12s %12s %16s%n", "model", "requests", "bytes", "bytes/request");
    List<IoModel> models =
        arguments.length == 0 ? MODELS : Stream.of(arguments).map(IoModel::parse).toList();
    for (IoModel model : models) {
      if (!model.availability().isAvailable()) {
        System.out.printf("%-12s not available%n", model.word());
        continue;
      }
      long bytes = allocatedBytes(model);
      double each = (double) bytes / REQUESTS;
      clean &= each < (model == IoModel.NIO ? NIO_LIMIT_BYTES : 1);
      System.out.printf(
          Locale.ROOT, "%-12s %,12d %,12d %16.4f%n", model.word(), REQUESTS, bytes, each);
    }
    System.exit(clean ? 0 : 1);
  }

  private static long allocatedBytes(IoModel model) throws IOException {
    AtomicLong loopThread = new AtomicLong();
    StreamHandler echo = Services.named("echo").streamHandlers().get();
    try (Server server =
        Server.tcp(0, () -> new ThreadNoting(echo, loopThread)).model(model).start()) {
      List<SocketChannel> clients = connect(server.address());
      try {
        drive(clients, WARMUP_REQUESTS);
        long before = THREADS.getThreadAllocatedBytes(loopThread.get());
        drive(clients, REQUESTS);
        return THREADS.getThreadAllocatedBytes(loopThread.get()) - before;
      } finally {
        for (SocketChannel client : clients) {
          client.close();
        }
      }
    }
  }

  private static List<SocketChannel> connect(SocketAddress address) throws IOException {
    List<SocketChannel> clients = new ArrayList<>();
    for (int i = 0; i < CONNECTIONS; i++) {
      SocketChannel client = SocketChannel.open(address);
      clients.add(client.setOption(StandardSocketOptions.TCP_NODELAY, true));
    }
    return clients;
  }

  /** One request on each connection, then one reply from each, and so on. */
  private static void drive(List<SocketChannel> clients, int requests) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocateDirect(REQUEST_BYTES);
    for (int sent = 0; sent < requests; sent += clients.size()) {
      for (SocketChannel client : clients) {
        client.write(buffer.clear());
      }
      for (SocketChannel client : clients) {
        buffer.clear();
        while (buffer.hasRemaining()) {
          if (client.read(buffer) < 0) {
            throw new EOFException("the server closed the connection");
          }
        }
      }
    }
  }

  /** Passes everything on, and notes on which thread. */
  private record ThreadNoting(StreamHandler handler, AtomicLong thread) implements StreamHandler {
    @Override
    public void onOpen(Connection connection) throws Exception {
      thread.set(Thread.currentThread().threadId());
      handler.onOpen(connection);
    }

    @Override
    public void onReceive(Connection connection, ByteBuffer data) throws Exception {
      handler.onReceive(connection, data);
    }

    @Override
    public void onWritable(Connection connection) throws Exception {
      handler.onWritable(connection);
    }
  }
}
