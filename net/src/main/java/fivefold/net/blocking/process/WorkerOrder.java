package fivefold.net.blocking.process;

import fivefold.net.DatagramOptions;
import fivefold.net.NamedHandlers;
import fivefold.net.OutboxLimits;
import fivefold.net.ServerListener;
import fivefold.net.SlowConsumerPolicy;
import fivefold.net.StreamOptions;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What a worker process is told on its command line.
 *
 * @param worker its number among the server's, which begins each of its reports
 * @param idsBefore the number below that of its first connection
 * @param idleTimeout zero for none
 * @param datagramLimitBytes 0 when it serves connections
 * @param replyBeyondBytes as in {@link DatagramOptions}
 * @param handlers what it serves
 */
record WorkerOrder(
    long worker,
    long idsBefore,
    Duration idleTimeout,
    OutboxLimits outbox,
    int datagramLimitBytes,
    int replyBeyondBytes,
    NamedHandlers handlers) {
  private static final int FIXED_WORDS = 10;

  List<String> words() {
    List<String> words = new ArrayList<>();
    words.add(Long.toString(worker));
    words.add(Long.toString(idsBefore));
    words.add(Long.toString(idleTimeout.toNanos()));
    words.add(Integer.toString(outbox.limitBytes()));
    words.add(Integer.toString(outbox.limitMessages()));
    words.add(Long.toString(outbox.limitAge().toNanos()));
    words.add(outbox.policy().name());
    words.add(Integer.toString(datagramLimitBytes));
    words.add(Integer.toString(replyBeyondBytes));
    words.add(handlers.factory().getName());
    words.addAll(handlers.words());
    return words;
  }

  static WorkerOrder parse(String... words) {
    if (words.length < FIXED_WORDS) {
      throw new IllegalArgumentException(
          "this is no program to start by hand: a server of the model process starts it");
    }
    List<String> own = List.of(words).subList(FIXED_WORDS, words.length);
    return new WorkerOrder(
        Long.parseLong(words[0]),
        Long.parseLong(words[1]),
        Duration.ofNanos(Long.parseLong(words[2])),
        new OutboxLimits(
            Integer.parseInt(words[3]),
            Integer.parseInt(words[4]),
            Duration.ofNanos(Long.parseLong(words[5])),
            SlowConsumerPolicy.valueOf(words[6])),
        Integer.parseInt(words[7]),
        Integer.parseInt(words[8]),
        NamedHandlers.named(words[9], own));
  }

  /** The options of one connection; those of the socket were set by who accepted it. */
  StreamOptions options(SocketAddress local, ServerListener listener) {
    return new StreamOptions(
        local, 1, 1, 0, 1, true, true, false, 0, 0, 1, 0, idleTimeout, outbox, listener, null);
  }

  DatagramOptions datagramOptions(SocketAddress local, ServerListener listener) {
    return new DatagramOptions(
        local,
        null,
        1,
        1,
        false,
        0,
        0,
        datagramLimitBytes,
        replyBeyondBytes,
        1,
        false,
        false,
        listener,
        null);
  }
}
