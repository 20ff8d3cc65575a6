package fivefold.testkit.conformance;

import fivefold.net.Connection;
import fivefold.net.DatagramHandler;
import fivefold.net.Group;
import fivefold.net.HandlerFactory;
import fivefold.net.NamedHandlers;
import fivefold.net.StreamHandler;
import fivefold.testkit.Pattern;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** Handlers by name, for a model that makes them in other processes. */
public final class ProcessHandlers implements HandlerFactory {
  /** Sends its process's id when it opens, then echoes. */
  static final NamedHandlers TELLING = named("telling");

  /** Echoes in upper case. */
  static final NamedHandlers UPPER = named("upper");

  /** Throws at the first bytes. */
  static final NamedHandlers THROWING = named("throwing");

  static final int MUCH_BYTES = 3_000_000;

  /** Sends {@link #MUCH_BYTES} of a pattern on the first bytes. */
  static final NamedHandlers MUCH = named("much");

  /** Makes a group for all connections. */
  static final NamedHandlers GROUPING = named("grouping");

  private static NamedHandlers named(String word) {
    return NamedHandlers.of(ProcessHandlers.class, word);
  }

  @Override
  public Supplier<? extends StreamHandler> handlers(List<String> words) {
    return switch (words.getFirst()) {
      case "telling" -> Telling::new;
      case "upper" -> () -> ProcessHandlers::upper;
      case "throwing" ->
          () ->
              (connection, data) -> {
                throw new IllegalStateException("planted");
              };
      case "much" ->
          () ->
              (connection, data) ->
                  connection.send(ByteBuffer.wrap(new Pattern(1).bytes(0, MUCH_BYTES)));
      case "grouping" -> {
        Group group = new Group();
        yield () -> (connection, data) -> group.add(connection);
      }
      default -> throw new IllegalArgumentException("unknown handler " + words);
    };
  }

  @Override
  public DatagramHandler datagramHandler(List<String> words) {
    return (peer, datagram) -> peer.reply(Long.toString(ProcessHandle.current().pid()));
  }

  private static void upper(Connection connection, ByteBuffer data) {
    connection.send(
        java.nio.charset.StandardCharsets.US_ASCII
            .decode(data)
            .toString()
            .toUpperCase(Locale.ROOT));
  }

  private static final class Telling implements StreamHandler {
    @Override
    public void onOpen(Connection connection) {
      connection.sendLine(Long.toString(ProcessHandle.current().pid()));
    }

    @Override
    public void onReceive(Connection connection, ByteBuffer data) {
      connection.send(data);
    }
  }

  /** A service that says that its connections share something. */
  public static final class Sharing implements HandlerFactory {
    @Override
    public Supplier<? extends StreamHandler> handlers(List<String> words) {
      return () -> Connection::send;
    }

    @Override
    public Optional<String> sharedState() {
      return Optional.of("the members of the room");
    }
  }
}
