package fivefold.bench.generator;

import java.io.IOException;

/** One of those that are compared. */
interface Generator {
  /** Loads the server once: opens its connections, warms up, and measures. */
  Window run(int port, Load load) throws IOException;
}
