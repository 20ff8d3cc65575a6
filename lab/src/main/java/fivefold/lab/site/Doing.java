package fivefold.lab.site;

import fivefold.lab.load.ConnectionSample;
import org.jspecify.annotations.Nullable;

/** What a connection is doing, as the page shows it: what the generator and the kernel know. */
enum Doing {
  CONNECTING("connecting", 'c'),
  /** Where that is not known: it is one of the next three. */
  WAITING("waiting", 'a'),
  UNREAD("unread", 'u'),
  SERVER("server", 's'),
  REPLY("reply", 'r'),
  SENDING("sending", 'w'),
  IDLE("idle", 'i'),
  LEAVING("leaving", 'l'),
  CLOSED("closed", 'x');

  private final String word;
  private final char letter;

  Doing(String word, char letter) {
    this.word = word;
    this.letter = letter;
  }

  /** Its name in the texts and in the style sheet. */
  String word() {
    return word;
  }

  /** Its place in a list of many. */
  char letter() {
    return letter;
  }

  /**
   * A request that waits is unread, or with the server, or its reply is here.
   *
   * @param queues null where nobody looked
   */
  static Doing of(ConnectionSample sample, @Nullable SocketQueues queues) {
    return switch (sample.state()) {
      case CONNECTING -> CONNECTING;
      case SENDING -> SENDING;
      case IDLE -> IDLE;
      case LEAVING -> LEAVING;
      case CLOSED -> CLOSED;
      case WAITING ->
          queues == null
              ? WAITING
              : queues.requests().contains(sample.localPort())
                  ? UNREAD
                  : queues.replies().contains(sample.localPort()) ? REPLY : SERVER;
    };
  }
}
