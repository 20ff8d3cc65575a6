package fivefold.services;

import fivefold.net.Connection;
import fivefold.net.DatagramHandler;
import fivefold.net.NamedHandlers;
import fivefold.net.StreamHandler;
import fivefold.net.style.Conversation;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.function.Supplier;

/** Tells the time: to each datagram, or to each connection as soon as it is open. */
final class TimeService implements Service {
  private static final String PROTOCOL = "protocol";

  /** The longest answer, that of RFC 867, has fewer; the question may be empty. */
  private static final int TEXT_LIMIT_BYTES = 64;

  private final TimeProtocol protocol;
  private final Supplier<ZonedDateTime> clock;

  /** Asks for the time zone when it is asked for the time: to load the zones takes 30 ms. */
  TimeService(TimeProtocol protocol) {
    this(protocol, ZonedDateTime::now);
  }

  TimeService(TimeProtocol protocol, Clock clock) {
    this(protocol, () -> ZonedDateTime.now(clock));
  }

  private TimeService(TimeProtocol protocol, Supplier<ZonedDateTime> clock) {
    this.protocol = protocol;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "time";
  }

  @Override
  public String summary() {
    return "tells the local time, also as RFC 868 and RFC 867 want it";
  }

  @Override
  public String defaultHost() {
    return "0.0.0.0";
  }

  @Override
  public int defaultPort() {
    return 3333;
  }

  @Override
  public Transport defaultTransport() {
    return Transport.UDP;
  }

  @Override
  public List<ServiceOption> options() {
    return List.of(new ServiceOption(PROTOCOL, TimeProtocol.words()));
  }

  @Override
  public Service with(String option, String value) {
    if (!option.equals(PROTOCOL)) {
      throw Services.noSuchOption(this, option);
    }
    return new TimeService(TimeProtocol.parse(value), clock);
  }

  @Override
  public Supplier<StreamHandler> streamHandlers(Style style) {
    if (style == Style.STRAIGHT_LINE) {
      return () -> Conversation.of(peer -> peer.write(now()));
    }
    StreamHandler shared = new TellAndClose();
    return () -> shared;
  }

  @Override
  public DatagramHandler datagramHandler() {
    return (peer, datagram) -> peer.reply(now());
  }

  @Override
  public int replyBeyondBytes() {
    return TEXT_LIMIT_BYTES;
  }

  /** With the clock of the process that serves. */
  @Override
  public NamedHandlers named(Style style) {
    return NamedHandlers.of(ServiceFactory.class, name(), PROTOCOL, protocol.word(), style.word());
  }

  private ByteBuffer now() {
    return ByteBuffer.wrap(protocol.encode(clock.get()));
  }

  /** On TCP the server speaks first and closes (RFC 868, RFC 867); what the peer says is unread. */
  private final class TellAndClose implements StreamHandler {
    @Override
    public void onOpen(Connection connection) {
      connection.send(now());
      connection.close();
    }

    @Override
    public void onReceive(Connection connection, ByteBuffer data) {}
  }
}
