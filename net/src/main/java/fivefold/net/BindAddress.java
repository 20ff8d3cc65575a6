package fivefold.net;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;

/** Where to listen, and the one wording for what can be wrong with it. */
record BindAddress(String host, int port) {

  BindAddress {
    Checks.between("port", port, 0, 65_535);
  }

  static BindAddress loopback(int port) {
    return new BindAddress("127.0.0.1", port);
  }

  BindAddress withHost(String wanted) {
    return new BindAddress(wanted, port);
  }

  SocketAddress resolve() throws IOException {
    try {
      return new InetSocketAddress(InetAddress.getByName(host), port);
    } catch (UnknownHostException e) {
      throw new IOException(
          "host '" + host + "' is not known; expected an address of this machine or a name of one",
          e);
    }
  }

  /** Starts the engine, and says which address could not be bound when it could not. */
  SocketAddress start(Engine engine) throws IOException {
    try {
      return engine.start();
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
