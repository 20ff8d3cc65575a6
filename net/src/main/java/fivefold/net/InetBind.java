package fivefold.net;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;

/** A port of an Internet address. */
record InetBind(String host, int port) implements BindAddress {
  private static final String LOCALHOST = "localhost";

  InetBind {
    Checks.between("port", port, 0, 65_535);
  }

  static InetBind loopback(int port) {
    return new InetBind("127.0.0.1", port);
  }

  @Override
  public InetBind withHost(String wanted) {
    return new InetBind(wanted, port);
  }

  @Override
  public SocketAddress resolve() throws IOException {
    try {
      return new InetSocketAddress(address(), port);
    } catch (UnknownHostException e) {
      throw new IOException(
          "host '" + host + "' is not known; expected an address of this machine or a name of one",
          e);
    }
  }

  /** What every system says of localhost (RFC 6761, 6.3), without the search for a resolver. */
  private InetAddress address() throws UnknownHostException {
    return host.equals(LOCALHOST) ? InetAddress.getLoopbackAddress() : InetAddress.getByName(host);
  }

  @Override
  public Bound start(Engine engine) throws IOException {
    try {
      return new Bound(engine.start(), () -> {});
    } catch (IOException e) {
      throw new IOException("cannot listen on " + host + ":" + port + ": " + remedy(e), e);
    }
  }

  private String remedy(IOException e) {
    String message = String.valueOf(e.getMessage());
    String lower = message.toLowerCase(java.util.Locale.ROOT);
    if (lower.contains("in use")) {
      return "the port is in use; stop the other server or choose another port";
    }
    if (lower.contains("permission denied") || lower.contains("eacces")) {
      return "not permitted; ports below 1024 need privileges, choose a higher one";
    }
    if (e instanceof BindException || lower.contains("eaddrnotavail")) {
      return "not an address of this machine (" + message + ")";
    }
    return message;
  }
}
