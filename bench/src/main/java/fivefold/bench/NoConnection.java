package fivefold.bench;

import fivefold.net.Connection;
import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;

/** Stands where a connection is passed that is asked for no more than who it is. */
public final class NoConnection {
  private NoConnection() {}

  /** A connection with a name, whose every other method fails. */
  public static Connection make() {
    return (Connection)
        Proxy.newProxyInstance(
            Connection.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  // Flight Recorder's event asks, when the benchmark's thread had to wait for a
                  // core.
                  case "id" -> 1L;
                  case "remoteAddress" -> InetSocketAddress.createUnresolved("nobody", 0);
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }
}
