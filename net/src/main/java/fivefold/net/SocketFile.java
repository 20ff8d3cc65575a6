package fivefold.net;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The file of a Unix socket. It stays when its server dies without a word, and then stands in the
 * way of the next one.
 */
final class SocketFile {
  private static final System.Logger LOG = System.getLogger("fivefold.net");

  /** The kind of a file in its mode, inode(7). */
  private static final int KIND = 0xF000;

  private static final int SOCKET = 0xC000;

  private final Path path;

  SocketFile(Path path) {
    this.path = path;
  }

  /**
   * Removes a socket that nobody listens on, and nothing else.
   *
   * @throws BindException when a server listens there, or the file is no socket
   */
  void removeIfStale() throws IOException {
    Object found = identity();
    if (found == null) {
      return;
    }
    if (!isSocket()) {
      throw new BindException("a file that is no socket is there; choose another path");
    }
    if (isListenedOn()) {
      throw new BindException("in use");
    }
    // Another server may have done the same meanwhile, and listens on its own by now.
    if (found.equals(identity())) {
      Files.deleteIfExists(path);
    }
  }

  private boolean isSocket() throws IOException {
    int mode = (int) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
    return (mode & KIND) == SOCKET;
  }

  private boolean isListenedOn() throws IOException {
    try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      // Not waiting: a server whose backlog is full is a live one.
      probe.configureBlocking(false);
      probe.connect(UnixDomainSocketAddress.of(path));
      return true;
    } catch (ConnectException refused) {
      return false;
    }
  }

  /** Device and inode; null when there is no file. */
  private @Nullable Object identity() throws IOException {
    try {
      return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
          .fileKey();
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  /**
   * What removes the file that is there now. To be called while its socket is still open: until
   * then its inode is no other file's.
   */
  Runnable owned() throws IOException {
    Object own = identity();
    return () -> {
      try {
        if (own != null && Objects.equals(own, identity())) {
          Files.deleteIfExists(path);
        }
      } catch (IOException e) {
        LOG.log(System.Logger.Level.WARNING, "the socket file " + path + " stays behind: " + e);
      }
    };
  }
}
