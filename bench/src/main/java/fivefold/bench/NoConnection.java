package fivefold.bench;

import fivefold.net.Connection;
import java.lang.reflect.Proxy;

/** Stands where a connection is passed that nobody asks for anything. */
public final class NoConnection {
  private NoConnection() {}

  /** A connection whose every method fails. */
  public static Connection make() {
    return (Connection)
        Proxy.newProxyInstance(
            Connection.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              throw new UnsupportedOperationException(method.getName());
            });
  }
}
