package fivefold.cli.connect;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;

/** Standard input to the server, and what it sends to standard output, byte for byte. */
public final class StreamPipe {
  private static final int CHUNK_BYTES = 1 << 16;

  private StreamPipe() {}

  /** Returns when the server has ended its side, or breaks with what the connection broke of. */
  public static void run(Socket socket, InputStream in, OutputStream out) throws IOException {
    Thread sender = new Thread(() -> sendAll(socket, in), "stdin");
    // Reading standard input cannot be interrupted: the process ends without it.
    sender.setDaemon(true);
    sender.start();
    copy(socket.getInputStream(), out);
  }

  private static void sendAll(Socket socket, InputStream in) {
    try {
      copy(in, socket.getOutputStream());
      socket.shutdownOutput();
    } catch (IOException broken) {
      // The receiving side meets the same end, and reports it.
    }
  }

  private static void copy(InputStream in, OutputStream out) throws IOException {
    byte[] chunk = new byte[CHUNK_BYTES];
    for (int count; (count = in.read(chunk)) >= 0; ) {
      out.write(chunk, 0, count);
    }
  }
}
