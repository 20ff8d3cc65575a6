package fivefold.cli;

import fivefold.cli.console.ConsoleAction;
import fivefold.net.StreamHandler;
import java.util.List;
import java.util.function.Supplier;

/** A service with what it needs while it is served. Closed after its server. */
interface Serving extends AutoCloseable {

  /** The handlers of its connections. */
  Supplier<? extends StreamHandler> handlers();

  /** What an operator can type, beside the commands of every server. */
  default List<ConsoleAction> console() {
    return List.of();
  }

  @Override
  default void close() {}
}
