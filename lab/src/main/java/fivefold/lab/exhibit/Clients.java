package fivefold.lab.exhibit;

import fivefold.net.Server;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** Connections to a server from one thread, each of which asks one byte at a time. */
final class Clients implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 30_000;

  private final List<Socket> sockets = new ArrayList<>();

  private Clients() {}

  static Clients connect(Server server, int count) throws IOException {
    Clients clients = new Clients();
    try {
      for (int i = 0; i < count; i++) {
        clients.sockets.add(connected(server));
      }
      while (server.stats().accepted() < count) {
        Feeder.rest(1_000_000);
      }
      return clients;
    } catch (IOException e) {
      clients.close();
      throw e;
    }
  }

  /** One connection; its reads do not wait for ever. */
  static Socket connected(Server server) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(PATIENCE_MILLIS);
    return socket;
  }

  /** One byte there and back. */
  static void exchange(Socket socket) throws IOException {
    socket.getOutputStream().write(1);
    if (socket.getInputStream().read() < 0) {
      throw new IOException("the server ended a connection");
    }
  }

  /** All ask at once. */
  void ask() throws IOException {
    for (Socket socket : sockets) {
      socket.getOutputStream().write(1);
    }
  }

  void awaitReplies() throws IOException {
    for (Socket socket : sockets) {
      if (socket.getInputStream().read() < 0) {
        throw new IOException("the server ended a connection");
      }
    }
  }

  @Override
  public void close() {
    close(sockets);
  }

  static void close(List<Socket> sockets) {
    for (Socket socket : sockets) {
      try {
        socket.close();
      } catch (IOException gone) {
        // was to be closed anyway
      }
    }
  }
}
