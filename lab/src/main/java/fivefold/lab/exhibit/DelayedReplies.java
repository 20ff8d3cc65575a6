package fivefold.lab.exhibit;

import fivefold.net.IoModel;
import fivefold.net.Server;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.time.Duration;

/** A peer that sends each byte back after a while: something to wait for. */
final class DelayedReplies implements AutoCloseable {
  private final Server server;

  DelayedReplies(Duration delay) throws IOException {
    server =
        Server.tcp(
                0,
                () ->
                    (connection, data) -> {
                      byte[] bytes = new byte[data.remaining()];
                      data.get(bytes);
                      connection.schedule(
                          delay, () -> connection.send(java.nio.ByteBuffer.wrap(bytes)));
                    })
            .model(IoModel.NIO)
            .start();
  }

  SocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port());
  }

  Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    socket.setTcpNoDelay(true);
    return socket;
  }

  @Override
  public void close() {
    server.stop(Duration.ZERO);
  }
}
