package fivefold.lab.site;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** A file beside this class. */
final class StaticFile implements HttpHandler {
  private final String name;
  private final String type;

  StaticFile(String name, String type) {
    this.name = name;
    this.type = type;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    Answer.send(exchange, type, read(name));
  }

  static String read(String name) throws IOException {
    try (InputStream in = StaticFile.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException("no resource " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
