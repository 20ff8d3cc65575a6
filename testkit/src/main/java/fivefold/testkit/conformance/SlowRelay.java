package fivefold.testkit.conformance;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Stands between one client and a server, and hands the client's bytes on one by one. */
final class SlowRelay implements AutoCloseable {
  private final ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  private final int serverPort;

  SlowRelay(int serverPort) throws IOException {
    this.serverPort = serverPort;
    Thread.ofPlatform().daemon().name("relay").start(this::relay);
  }

  int port() {
    return listener.getLocalPort();
  }

  private void relay() {
    try (Socket client = listener.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort)) {
      server.setTcpNoDelay(true);
      Thread answers =
          Thread.ofPlatform().daemon().name("relay-back").start(() -> pass(server, client));
      InputStream in = client.getInputStream();
      OutputStream out = server.getOutputStream();
      for (int b; (b = in.read()) >= 0; ) {
        out.write(b);
      }
      server.shutdownOutput();
      answers.join();
    } catch (IOException | InterruptedException e) {
      // The test sees that the bytes stay away.
    }
  }

  private static void pass(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException e) {
      // The same.
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
