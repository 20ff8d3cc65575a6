package fivefold.net.framing;

import fivefold.net.Connection;

/** Hears whole lines. */
@FunctionalInterface
public interface LineHandler extends FramedHandler {
  /**
   * One line has arrived.
   *
   * @param line decoded as UTF-8 (what is malformed is replaced by U+FFFD), without its line end
   */
  void onLine(Connection connection, String line) throws Exception;
}
