package fivefold.lab.load;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A plain server of java.net, a thread for each connection: good, or bad in one way. */
final class EchoServers implements AutoCloseable {

  /** What one connection of the server does until it ends. */
  interface Behaviour {
    void serve(InputStream in, OutputStream out) throws IOException;
  }

  private final ServerSocket listener;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

  EchoServers(Behaviour behaviour) throws IOException {
    listener = new ServerSocket(0, 1024, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(() -> accept(behaviour));
  }

  /** Upper-case echo that corrupts the byte at one place of each connection's stream; -1 none. */
  static Behaviour upperCase(long corruptedPlace) {
    return (in, out) -> {
      byte[] buffer = new byte[64 * 1024];
      long place = 0;
      for (int count; (count = in.read(buffer)) > 0; place += count) {
        for (int i = 0; i < count; i++) {
          buffer[i] = Pattern.upperCase(buffer[i]);
          if (place + i == corruptedPlace) {
            buffer[i] ^= 1;
          }
        }
        out.write(buffer, 0, count);
      }
    };
  }

  /** Reads, and never writes. */
  static Behaviour silent() {
    return (in, out) -> in.transferTo(OutputStream.nullOutputStream());
  }

  /** Answers so many bytes, then closes. */
  static Behaviour closingAfter(int bytes) {
    return (in, out) -> {
      byte[] message = in.readNBytes(bytes);
      for (int i = 0; i < message.length; i++) {
        message[i] = Pattern.upperCase(message[i]);
      }
      out.write(message);
    };
  }

  /** Answers so many bytes, then never again. */
  static Behaviour silentAfter(int bytes) {
    return (in, out) -> {
      closingAfter(bytes).serve(in, out);
      silent().serve(in, out);
    };
  }

  /** Answers each request with more than it should. */
  static Behaviour talkative() {
    return (in, out) -> {
      byte[] buffer = new byte[1024];
      for (int count; (count = in.read(buffer)) > 0; ) {
        for (int i = 0; i < count; i++) {
          buffer[i] = Pattern.upperCase(buffer[i]);
        }
        out.write(Arrays.copyOf(buffer, count + 1));
      }
    };
  }

  SocketAddress address() {
    return new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort());
  }

  private void accept(Behaviour behaviour) {
    try {
      while (true) {
        Socket socket = listener.accept();
        sockets.add(socket);
        Thread.ofVirtual().start(() -> serve(socket, behaviour));
      }
    } catch (IOException closed) {
      // the end of the test
    }
  }

  private void serve(Socket socket, Behaviour behaviour) {
    try (socket) {
      socket.setTcpNoDelay(true);
      behaviour.serve(socket.getInputStream(), socket.getOutputStream());
    } catch (IOException reset) {
      // by the load generator, as it should
    } finally {
      sockets.remove(socket);
    }
  }

  int openConnections() {
    return sockets.size();
  }

  @Override
  public void close() {
    try {
      listener.close();
      for (Socket socket : sockets) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
