package fivefold.net;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.SocketAddress;

/** The default listener: per connection at debug level, trouble at warning and error. */
final class LoggingListener implements ServerListener {
  static final LoggingListener INSTANCE = new LoggingListener();

  private final Logger log = System.getLogger("fivefold.net");
  // Asked once: the check alone would cost a lookup in the backend for each connection.
  private final boolean debug = log.isLoggable(Level.DEBUG);

  private LoggingListener() {}

  @Override
  public void handlerFailed(SocketAddress peer, Throwable error) {
    if (error instanceof ProtocolException) {
      log.log(Level.INFO, "closed " + peer + ": " + error.getMessage());
    } else {
      log.log(Level.ERROR, "the handler of " + peer + " threw; its connection is closed", error);
    }
  }

  @Override
  public void opened(Connection connection) {
    if (debug) {
      log.log(Level.DEBUG, "opened #" + connection.id() + " " + connection.remoteAddress());
    }
  }

  @Override
  public void closed(Connection connection, CloseReason reason) {
    if (debug) {
      log.log(
          Level.DEBUG,
          "closed #" + connection.id() + " " + connection.remoteAddress() + ": " + reason);
    }
  }

  @Override
  public void refused(SocketAddress peer, String why) {
    log.log(Level.WARNING, "refused " + peer + ": " + why);
  }

  @Override
  public void acceptPaused(String why) {
    log.log(Level.WARNING, "accepting pauses: " + why);
  }

  @Override
  public void warned(String message) {
    log.log(Level.WARNING, message);
  }

  @Override
  public void loopStalled(LoopStall stall) {
    log.log(
        Level.WARNING,
        stall.loop()
            + " has not come round for "
            + stall.length().toMillis()
            + " ms, and its connections wait; it is in"
            + System.lineSeparator()
            + stall.stackText());
  }

  @Override
  public void loopCameRound(LoopStall stall) {
    log.log(
        Level.WARNING,
        stall.loop() + " has come round again after " + stall.length().toMillis() + " ms");
  }
}
