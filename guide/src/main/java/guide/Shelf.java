package guide;

import fivefold.net.Connection;
import fivefold.net.FileRegion;
import fivefold.net.IoModel;
import fivefold.net.Server;
import fivefold.net.framing.Framing;
import fivefold.net.framing.LineHandler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Each line a peer sends is a name; the answer is the size of that file, and the file. */
record Shelf(Path folder) implements LineHandler {
  // No way out of the folder: neither a slash nor a dot in front.
  private static final Pattern NAME = Pattern.compile("\\w[\\w.-]*");

  static Server start(Path folder, IoModel model) throws IOException {
    return Server.tcp(0, () -> Framing.lines(100, new Shelf(folder))).model(model).start();
  }

  static FileRegion metered(Path file, Consumer<String> meter) {
    return FileRegion.of(file)
        .withProgress((sentBytes, ofBytes) -> meter.accept(sentBytes + " of " + ofBytes));
  }

  @Override
  public void onLine(Connection peer, String name) throws IOException {
    Path file = folder.resolve(name);
    if (!NAME.matcher(name).matches() || !Files.isRegularFile(file)) {
      peer.sendLine("no such file");
      return;
    }
    long bytes = Files.size(file);
    peer.sendLine("" + bytes);
    peer.send(FileRegion.of(file, 0, bytes));
  }
}
