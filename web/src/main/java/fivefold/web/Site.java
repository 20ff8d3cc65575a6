package fivefold.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;

/**
 * The page and what belongs to it, by path, in memory.
 *
 * @param assets by path
 */
record Site(Map<String, Asset> assets) {
  private static final String SCRIPT = "text/javascript; charset=utf-8";

  /** From the module's resources. */
  static Site load() {
    return new Site(
        Map.of(
            "/", read("index.html", "text/html; charset=utf-8"),
            "/chat.css", read("chat.css", "text/css; charset=utf-8"),
            "/chat.js", read("chat.js", SCRIPT),
            "/rooms.js", read("rooms.js", SCRIPT),
            "/view.js", read("view.js", SCRIPT),
            "/wire.js", read("wire.js", SCRIPT),
            "/words.js", read("words.js", SCRIPT),
            "/icon.svg", read("icon.svg", "image/svg+xml")));
  }

  Optional<Asset> find(String path) {
    return Optional.ofNullable(assets.get(path));
  }

  private static Asset read(String name, String contentType) {
    try (InputStream in = Site.class.getResourceAsStream("page/" + name)) {
      if (in == null) {
        throw new IllegalStateException("this module has no page/" + name);
      }
      return new Asset(contentType, in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
