package fivefold.net.loop;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Listening on a Unix socket by java.nio, which binds and listens at once and leaves the file's
 * mode to the umask. So that nobody but the owner connects in between, the file is made in a
 * directory of its owner's and moved to its place.
 */
public final class UnixChannels {
  private UnixChannels() {}

  /** Binds any listening channel; for an Internet address as the channel itself does. */
  public static void bind(ServerSocketChannel channel, SocketAddress address, int backlog)
      throws IOException {
    if (address instanceof UnixDomainSocketAddress unix) {
      bindFile(channel, unix.getPath(), backlog);
    } else {
      channel.bind(address, backlog);
    }
  }

  private static void bindFile(ServerSocketChannel channel, Path path, int backlog)
      throws IOException {
    Path parent = path.toAbsolutePath().getParent();
    if (parent == null) {
      throw new IOException("expected a path of a file: " + path);
    }
    // Created rwx------ (Files.createTempDirectory). Short names: a path has 107 bytes (unix(7)).
    Path directory = Files.createTempDirectory(parent, ".");
    Path made = directory.resolve("s");
    try {
      channel.bind(UnixDomainSocketAddress.of(made), backlog);
      Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rw-------"));
      Files.move(made, path);
    } finally {
      Files.deleteIfExists(made);
      Files.deleteIfExists(directory);
    }
  }
}
