package fivefold.bench;

import fivefold.net.CloseReason;
import fivefold.net.Connection;
import fivefold.net.FileRegion;
import fivefold.net.IoModel;
import fivefold.net.Server;
import fivefold.net.StreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the loop's thread spends on a file that is in the page cache: sent by {@link FileRegion},
 * and read into a buffer and sent as the peer takes it. Both in one JVM, in turns, to one client
 * that reads as fast as it can.
 *
 * <pre>java -cp ... fivefold.bench.FileComparison [model] [bytes]</pre>
 */
final class FileComparison {
  private static final int ROUNDS = 11;
  private static final int FILES_PER_ROUND = 200;
  private static final int PIECE_BYTES = 64 * 1024;

  private FileComparison() {}

  public static void main(String[] args) throws Exception {
    IoModel model = IoModel.parse(args.length > 0 ? args[0] : "epoll");
    int bytes = args.length > 1 ? Integer.parseInt(args[1]) : 1 << 20;
    Path file = Files.createTempFile("fivefold", ".bytes");
    try {
      Files.write(file, new byte[bytes]);
      compare(model, file, bytes);
    } finally {
      Files.delete(file);
    }
  }

  private static void compare(IoModel model, Path file, int bytes) throws Exception {
    double[] regions = new double[ROUNDS];
    double[] copies = new double[ROUNDS];
    double[] ratios = new double[ROUNDS];
    try (Server byRegion = start(model, (peer, _) -> peer.send(FileRegion.of(file)));
        Server byCopy = Server.tcp(0, () -> new Reader(file)).model(model).loops(1).start()) {
      round(byRegion, model, bytes);
      round(byCopy, model, bytes);
      for (int i = 0; i < ROUNDS; i++) {
        regions[i] = round(byRegion, model, bytes);
        copies[i] = round(byCopy, model, bytes);
        ratios[i] = regions[i] / copies[i];
      }
    }
    print("by FileRegion, us of CPU a file", regions);
    print("read and sent, us of CPU a file", copies);
    print("ratio", ratios);
  }

  private static Server start(IoModel model, StreamHandler handler) throws IOException {
    return Server.tcp(0, () -> handler).model(model).loops(1).start();
  }

  private static double round(Server server, IoModel model, int bytes) throws IOException {
    byte[] chunk = new byte[PIECE_BYTES];
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      InputStream in = socket.getInputStream();
      long beganNanos = loopNanos(model);
      for (int i = 0; i < FILES_PER_ROUND; i++) {
        socket.getOutputStream().write(1);
        for (int left = bytes; left > 0; ) {
          int count = in.read(chunk, 0, Math.min(left, chunk.length));
          if (count < 0) {
            throw new IOException("the server ended");
          }
          left -= count;
        }
      }
      return (loopNanos(model) - beganNanos) / 1e3 / FILES_PER_ROUND;
    }
  }

  /** Of all loops: the other server's waits meanwhile, and uses none. */
  private static long loopNanos(IoModel model) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    return Arrays.stream(threads.dumpAllThreads(false, false))
        .filter(thread -> thread.getThreadName().startsWith("fivefold-" + model.word()))
        .mapToLong(thread -> threads.getThreadCpuTime(thread.getThreadId()))
        .sum();
  }

  private static void print(String what, double[] values) {
    Arrays.sort(values);
    System.out.printf(
        Locale.ROOT,
        "%-34s median %8.3f (%.3f to %.3f)%n",
        what,
        values[values.length / 2],
        values[0],
        values[values.length - 1]);
  }

  /** As the handler of an application would do it without {@link FileRegion}. */
  private static final class Reader implements StreamHandler {
    private final Path path;
    private final ByteBuffer piece = ByteBuffer.allocateDirect(PIECE_BYTES);
    private @Nullable FileChannel file;

    Reader(Path path) {
      this.path = path;
    }

    @Override
    public void onReceive(Connection peer, ByteBuffer data) throws IOException {
      file = FileChannel.open(path);
      goOn(peer);
    }

    @Override
    public void onWritable(Connection peer) throws IOException {
      goOn(peer);
    }

    private void goOn(Connection peer) throws IOException {
      FileChannel from = file;
      while (from != null && peer.isWritable()) {
        if (from.read(piece.clear()) < 0) {
          from.close();
          file = null;
          return;
        }
        peer.send(piece.flip());
      }
    }

    @Override
    public void onClose(Connection peer, CloseReason reason) throws IOException {
      if (file != null) {
        file.close();
      }
    }
  }
}
