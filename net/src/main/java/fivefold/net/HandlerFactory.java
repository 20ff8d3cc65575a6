package fivefold.net;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Makes handlers from words alone, so that another process can make the same ones: the model {@code
 * process} serves each connection in a process of its own, and a handler's object does not go
 * there.
 *
 * <pre>{@code
 * public final class Greeting implements HandlerFactory {
 *   public Supplier<? extends StreamHandler> handlers(List<String> words) {
 *     return () -> (connection, data) -> connection.sendLine("hello " + words.getFirst());
 *   }
 * }
 * Server.tcp(7000, NamedHandlers.of(Greeting.class, "you")).model(IoModel.PROCESS).start();
 * }</pre>
 *
 * <p>The class needs a constructor without parameters, and to be public in an exported package; or
 * its package opened to {@code fivefold.net}.
 */
@FunctionalInterface
public interface HandlerFactory {

  /**
   * The supplier of a handler for each connection, called once in each process.
   *
   * @param words those given to {@link NamedHandlers#of}; other users of the machine can see them
   * @throws IllegalArgumentException when they make no sense; the message says what is expected
   */
  Supplier<? extends StreamHandler> handlers(List<String> words);

  /**
   * The handler of datagrams, thread-safe, called once in each process.
   *
   * @throws UnsupportedOperationException by default: the protocol is for streams only
   */
  default DatagramHandler datagramHandler(List<String> words) {
    throw new UnsupportedOperationException(getClass().getName() + " handles no datagrams");
  }

  /**
   * What the connections of a server share, as in "the members of the room"; empty, the default,
   * for nothing. Processes share nothing, so the model {@code process} refuses what shares
   * anything.
   */
  default Optional<String> sharedState() {
    return Optional.empty();
  }
}
