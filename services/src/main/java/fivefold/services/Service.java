package fivefold.services;

import fivefold.net.DatagramHandler;
import fivefold.net.NamedHandlers;
import fivefold.net.StreamHandler;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A protocol with a name, as {@code fivefold serve NAME} finds it. Immutable.
 *
 * <pre>{@code
 * Service echo = Services.named("echo").with("reply", "same");
 * Server.tcp(echo.defaultPort(), echo.streamHandlers()).start();
 * }</pre>
 */
public sealed interface Service permits ChatService, EchoService, OperatorService, TimeService {

  String name();

  /** One line that says what a peer gets. */
  String summary();

  String defaultHost();

  int defaultPort();

  Transport defaultTransport();

  /** What can carry it. */
  default Set<Transport> transports() {
    return Set.of(Transport.TCP, Transport.UDP);
  }

  /** How its handler of connections is written unless asked otherwise. */
  default Style defaultStyle() {
    return Style.CALLBACK;
  }

  List<ServiceOption> options();

  /**
   * The same service with one option changed.
   *
   * @throws IllegalArgumentException when there is no such option or it takes no such value; the
   *     message says what is expected
   */
  Service with(String option, String value);

  /** Gives the handler of each TCP connection. */
  default Supplier<StreamHandler> streamHandlers() {
    return streamHandlers(defaultStyle());
  }

  /** The same, written in this style; the peer sees no difference. */
  Supplier<StreamHandler> streamHandlers(Style style);

  /**
   * Thread-safe.
   *
   * @throws UnsupportedOperationException when it is not among its {@link #transports}
   */
  DatagramHandler datagramHandler();

  /** What its server of datagrams is to allow: {@code DatagramServerBuilder.replyBeyondBytes}. */
  int replyBeyondBytes();

  /** Both in a form that runs on every model: another process can make them, too. */
  default NamedHandlers named() {
    return named(defaultStyle());
  }

  /** The same, the handlers of connections written in this style. */
  NamedHandlers named(Style style);
}
