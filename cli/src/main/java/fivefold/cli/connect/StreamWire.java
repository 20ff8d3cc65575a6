package fivefold.cli.connect;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Reader;
import java.net.Socket;
import org.jspecify.annotations.Nullable;

/** A TCP connection. */
public final class StreamWire implements Wire {
  private final Socket socket;
  private final LineEnd end;
  private final OutputStream out;
  // Keeps the bytes of a character that has arrived in part.
  private final Reader in;
  private final char[] chunk = new char[8192];

  public StreamWire(Socket socket, LineEnd end) throws IOException {
    this.socket = socket;
    this.end = end;
    this.out = socket.getOutputStream();
    this.in = new InputStreamReader(socket.getInputStream(), UTF_8);
  }

  @Override
  public void sendLine(String line) throws IOException {
    out.write((line + end.text).getBytes(UTF_8));
  }

  @Override
  public @Nullable String receive() throws IOException {
    int count = in.read(chunk);
    return count < 0 ? null : new String(chunk, 0, count);
  }

  @Override
  public void endOutput() throws IOException {
    socket.shutdownOutput();
  }
}
