package fivefold.lab.compare;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A server of java.net that is good, or fails in one way: the argument says which. */
public final class PlainServer {
  private static final int BEFORE_THE_END = 2000;

  private static int answered;

  private PlainServer() {}

  /**
   * Serves until it is killed.
   *
   * @param args good, wrong, mute, dumb, quits or dies; and a port, or any that is free
   */
  public static void main(String[] args) throws IOException {
    if (args[0].equals("quits")) {
      System.out.println("something is missing");
      System.exit(3);
    }
    try (ServerSocket listener =
        new ServerSocket(
            args.length > 1 ? Integer.parseInt(args[1]) : 0,
            100,
            InetAddress.getLoopbackAddress())) {
      System.out.println("plain: listening on 127.0.0.1:" + listener.getLocalPort());
      while (true) {
        Socket socket = listener.accept();
        Thread.ofPlatform().daemon().start(() -> serve(socket, args[0]));
      }
    }
  }

  private static void serve(Socket socket, String behaviour) {
    try (socket) {
      socket.setTcpNoDelay(true);
      InputStream in = socket.getInputStream();
      OutputStream out = socket.getOutputStream();
      byte[] buffer = new byte[8192];
      for (int count; (count = in.read(buffer)) > 0; ) {
        if (behaviour.equals("mute")) {
          continue;
        }
        for (int i = 0; i < count && !behaviour.equals("wrong"); i++) {
          if (buffer[i] >= 'a' && buffer[i] <= 'z') {
            buffer[i] = (byte) (buffer[i] - 32);
          }
        }
        out.write(buffer, 0, count);
        if (behaviour.equals("dies") && ++answered > BEFORE_THE_END) {
          System.out.println("no more");
          Runtime.getRuntime().halt(7);
        }
      }
    } catch (IOException reset) {
      // by the load generator
    }
  }
}
