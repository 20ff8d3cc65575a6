package fivefold.lab.load;

import java.io.IOException;
import java.util.List;

/** Decides when requests go, once all connections are open. */
interface Pacing {
  /** A wait of no certain end. */
  long NOTHING_DUE = Long.MAX_VALUE;

  /** Begins, on the connections that are there. */
  void begin(List<LoadConnection> connections) throws IOException;

  /** A reply has come, and there is room on this connection for one request more. */
  void answered(LoadConnection connection, long nowNanos);

  /**
   * Lets what is due go.
   *
   * @return how long until more will be due, negative or zero when that is now; {@link
   *     #NOTHING_DUE} when only replies bring more
   */
  long advance() throws IOException;

  /** The generator itself has stood still so long, to measure: all that is due is due later. */
  void postponed(long nanos);

  /** No request begins from this moment on. */
  void end(long nowNanos);
}
