package fivefold.net.tls;

/**
 * Steps that may throw what a handler may throw, as tasks of a connection: one that throws counts
 * as the handler throwing, and {@code Runnable} only cannot say so.
 */
final class Undeclared {
  private Undeclared() {}

  /** A step in the connection's own order. */
  interface Step {
    void run() throws Exception;
  }

  static Runnable by(Step step) {
    return () -> {
      try {
        step.run();
      } catch (Exception e) {
        throw Undeclared.<RuntimeException>undeclared(e);
      }
    };
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <E extends Exception> E undeclared(Exception e) throws E {
    throw (E) e;
  }
}
