package fivefold.net.blocking;

import java.io.IOException;
import java.nio.channels.Channel;

/** Closing where nobody could do anything about a failure. */
final class Channels {
  private Channels() {}

  static void closeQuietly(Channel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      // The descriptor is gone all the same (close(2)).
    }
  }
}
