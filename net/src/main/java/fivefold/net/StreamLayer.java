package fivefold.net;

/**
 * Stands between the socket and a handler and gives the bytes another form, such as TLS.
 *
 * <pre>{@code
 * Server.tcp(8443, Echo::new).layer(TlsServer.of(identity)).start();
 * }</pre>
 *
 * <p>A layer's bytes mean something only as a whole: a {@link SlowConsumerPolicy} that drops
 * messages does not go with one. Thread-safe.
 */
@FunctionalInterface
public interface StreamLayer {

  /** The handler of one connection, which speaks the layer's form to it and passes on the rest. */
  StreamHandler around(StreamHandler handler);
}
