package fivefold.cli;

import fivefold.cli.console.ConsoleAction;
import fivefold.cli.console.Talk;
import fivefold.net.StreamHandler;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A service with what it needs while it is served. Closed after its server. */
interface Serving extends AutoCloseable {

  /** The handlers of its connections. */
  Supplier<? extends StreamHandler> handlers();

  /** What is served on a second port. */
  default Optional<Beside> beside() {
    return Optional.empty();
  }

  /** What an operator can type, beside the commands of every server. */
  default List<ConsoleAction> console() {
    return List.of();
  }

  /** With whom the console's operator talks. */
  default Optional<Talk> talk() {
    return Optional.empty();
  }

  /** There is no console: the server has started, and goes on until it is stopped. */
  default void withoutConsole() {}

  @Override
  default void close() {}
}
