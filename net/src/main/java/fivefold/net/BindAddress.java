package fivefold.net;

import java.io.IOException;
import java.net.SocketAddress;

/** Where to listen, and the one wording for what can be wrong with it. */
sealed interface BindAddress permits InetBind, UnixBind {

  /**
   * What was bound.
   *
   * @param release to be called when the server begins to stop
   */
  record Bound(SocketAddress address, Runnable release) {}

  /**
   * The same on another host.
   *
   * @throws IllegalArgumentException when it has none
   */
  BindAddress withHost(String wanted);

  /** What the engine is to listen on. */
  SocketAddress resolve() throws IOException;

  /** Starts the engine, and says which address could not be bound when it could not. */
  Bound start(Engine engine) throws IOException;
}
