package fivefold.cli;

/** A server to call: a port of a host, or a Unix socket of this machine. */
public sealed interface ServerAddress permits HostPort, UnixPath {

  /** Reads {@code HOST:PORT}, {@code [IPv6]:PORT} or {@code unix:PATH}. */
  static ServerAddress parse(String text) {
    return text.startsWith(UnixPath.PREFIX) ? UnixPath.parse(text) : HostPort.parse(text);
  }
}
