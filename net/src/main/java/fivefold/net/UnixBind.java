package fivefold.net;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/**
 * A Unix socket: a file, or on Linux an abstract name, which begins with {@code @} (unix(7)).
 *
 * @param permissions of the file
 */
record UnixBind(UnixDomainSocketAddress address, Set<PosixFilePermission> permissions)
    implements BindAddress {

  /** Only who runs the server may connect. */
  static final Set<PosixFilePermission> OWNER =
      Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  UnixBind {
    permissions = Set.copyOf(permissions);
  }

  static UnixBind of(String address) {
    if (address.isEmpty() || address.equals("@")) {
      throw new IllegalArgumentException(
          "'" + address + "' is no Unix socket; expected a path, or @NAME for an abstract name");
    }
    return new UnixBind(UnixDomainSocketAddress.of(address), OWNER);
  }

  /** A file, whatever its name begins with. */
  static UnixBind of(Path path) {
    return of(path.toString().startsWith("@") ? "./" + path : path.toString());
  }

  UnixBind withPermissions(Set<PosixFilePermission> wanted) {
    if (isAbstract()) {
      throw new IllegalArgumentException(
          "the abstract name " + address + " has no file, and so no permissions");
    }
    return new UnixBind(address, wanted);
  }

  boolean isAbstract() {
    return address.toString().startsWith("@");
  }

  @Override
  public BindAddress withHost(String wanted) {
    throw new IllegalArgumentException(this + " has no host; leave out '" + wanted + "'");
  }

  @Override
  public SocketAddress resolve() {
    return address;
  }

  /** Why it cannot be served by this model. */
  void requireServed(IoModel model) throws ModelUnavailableException {
    UnixSockets sockets = model.unixSockets();
    if (sockets == UnixSockets.NONE) {
      throw new ModelUnavailableException(
          model,
          "it does not serve Unix sockets",
          "choose another model, such as epoll or virtual");
    }
    if (isAbstract() && sockets == UnixSockets.FILES) {
      throw new ModelUnavailableException(
          model,
          "its sockets are java.nio's, which knows no abstract names such as " + address,
          "give a path, or choose a model such as epoll");
    }
  }

  @Override
  public Bound start(Engine engine) throws IOException {
    try {
      return isAbstract() ? startNamed(engine) : startOnFile(engine);
    } catch (IOException | IllegalArgumentException e) {
      throw new IOException("cannot listen on " + this + ": " + remedy(e), e);
    }
  }

  private Bound startNamed(Engine engine) throws IOException {
    engine.start();
    return new Bound(address, () -> {});
  }

  private Bound startOnFile(Engine engine) throws IOException {
    SocketFile file = new SocketFile(address.getPath());
    file.removeIfStale();
    engine.start();
    try {
      // It was made for the owner alone, so nobody else has come through before.
      Files.setPosixFilePermissions(address.getPath(), EnumSet.copyOf(permissions));
      return new Bound(address, file.owned());
    } catch (IOException | RuntimeException e) {
      engine.stopAccepting();
      engine.terminate();
      throw e;
    }
  }

  private static String remedy(Exception e) {
    String message = String.valueOf(e.getMessage());
    String lower = message.toLowerCase(java.util.Locale.ROOT);
    if (lower.contains("in use")) {
      return "it is in use; stop the other server or choose another";
    }
    if (lower.contains("permission denied") || lower.contains("eacces")) {
      return "not permitted; choose a directory that this user may write to";
    }
    if (lower.contains("no such file") || lower.contains("enoent")) {
      return "its directory is not there; make it first";
    }
    return message;
  }

  @Override
  public String toString() {
    return "unix:" + address;
  }
}
