package fivefold.net.blocking.process;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.Channel;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/**
 * The program of a worker process. Its descriptors are: 0 the socket, 1 the pipe of reports, 2 the
 * server's standard error, 3 the lifeline. A server starts it ({@link WorkerCommand}); it is no
 * program to start by hand.
 *
 * <p>SIGTERM asks it to drain: the JVM's answer to it is to run the shutdown hooks, and ours waits
 * until what has arrived is handled.
 */
final class WorkerMain {
  private static final int FAILED = 1;

  private WorkerMain() {}

  /**
   * Serves what descriptor 0 is.
   *
   * @param words a {@link WorkerOrder}
   */
  public static void main(String[] words) {
    try {
      Runtime.getRuntime().exit(serve(words));
    } catch (IOException | RuntimeException | Error e) {
      System.err.println("fivefold: worker process: " + e);
      Runtime.getRuntime().exit(FAILED);
    }
  }

  private static int serve(String... words) throws IOException {
    Lifeline lifeline = new Lifeline(Path.of(descriptor(3)));
    // Opened again under a number of its own: when the channel closes, the JDK points 0, 1 and 2 to
    // /dev/null, and the last report is still to come.
    FileOutputStream reports = new FileOutputStream(descriptor(1));
    keepStandardError();
    WorkerOrder order = WorkerOrder.parse(words);
    Reporter reporter = new Reporter(reports, order.worker());
    Channel inherited = System.inheritedChannel();
    switch (inherited) {
      case SocketChannel connection ->
          new ConnectionWorker(order, reporter, lifeline, connection.getLocalAddress(), () -> {})
              .serve(connection);
      case ServerSocketChannel listening ->
          new PreforkWorker(order, reporter, lifeline, listening).acceptAndServe();
      case DatagramChannel datagrams ->
          new DatagramWorker(order, reporter, lifeline, datagrams).serve();
      case null, default ->
          throw new IOException("descriptor 0 is " + inherited + "; expected a socket");
    }
    return 0;
  }

  private static String descriptor(int number) {
    return "/proc/self/fd/" + number;
  }

  /** What handlers print goes to where the server's errors go; standard output is the reports'. */
  private static void keepStandardError() {
    try {
      System.setErr(new PrintStream(new FileOutputStream(descriptor(2), true), true));
    } catch (IOException e) {
      // A socket cannot be opened again: it is lost when the connection closes.
    }
    System.setOut(System.err);
  }
}
