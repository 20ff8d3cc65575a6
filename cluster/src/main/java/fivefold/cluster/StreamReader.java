package fivefold.cluster;

import io.nats.client.ConsumeOptions;
import io.nats.client.IterableConsumer;
import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.DeliverPolicy;
import io.nats.client.impl.NatsJetStreamMetaData;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Reads the stream from its beginning, each message once and in its order, whatever happens to the
 * connection. The broker's side of it, a consumer, is thrown away at the first doubt, and a new one
 * begins behind the last message that was read.
 */
final class StreamReader implements AutoCloseable {
  private static final int BATCH = 500;
  private static final long POLL_MILLIS = 100;
  private static final long PAUSE_MILLIS = 200;
  private static final long EXPIRES_MILLIS = 5_000;

  /** After so long without a message the broker is asked whether there is one. */
  private static final long DOUBT_NANOS = 5_000_000_000L;

  private static final Duration FORGOTTEN_AFTER = Duration.ofSeconds(30);

  private static final System.Logger LOG = System.getLogger("fivefold.cluster");

  /** On the reader's thread. */
  interface Sink {
    void read(long sequence, byte[] bytes) throws InterruptedException;

    /** All that has come is read. */
    void flush() throws InterruptedException;

    /** All that was in the stream when we looked is read. */
    void caughtUp();

    /** All there is at this moment is read, up to this place. */
    void idle(long sequence);
  }

  private final Broker broker;
  private final String stream;
  private final Sink sink;
  private final Thread thread;

  // The thread's own.
  private long last;

  private volatile boolean renew;
  private volatile boolean closed;

  StreamReader(Broker broker, String stream, Sink sink) {
    this.broker = broker;
    this.stream = stream;
    this.sink = sink;
    this.thread = Thread.ofPlatform().daemon().name("fivefold-cluster").unstarted(this::run);
  }

  void start() {
    broker.whenBack(() -> renew = true);
    thread.start();
  }

  private void run() {
    while (!closed) {
      try {
        if (broker.isConnected()) {
          renew = false;
          read();
        } else {
          Thread.sleep(PAUSE_MILLIS);
        }
      } catch (InterruptedException end) {
        return;
      } catch (Exception e) {
        LOG.log(Level.DEBUG, "reading the stream begins anew", e);
        try {
          Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException end) {
          return;
        }
      }
    }
  }

  private long end() throws IOException, JetStreamApiException {
    return broker.management().getStreamInfo(stream).getStreamState().getLastSequence();
  }

  private void read() throws Exception {
    long end = end();
    if (end < last) {
      LOG.log(
          Level.WARNING,
          "the stream ends at " + end + " and was read to " + last + ": the broker has lost some");
      last = end;
    }
    var consumer =
        broker
            .management()
            .addOrUpdateConsumer(
                stream,
                ConsumerConfiguration.builder()
                    .ackPolicy(AckPolicy.None)
                    .deliverPolicy(DeliverPolicy.ByStartSequence)
                    .startSequence(last + 1)
                    .inactiveThreshold(FORGOTTEN_AFTER)
                    .memStorage(true)
                    .build());
    ConsumeOptions options =
        ConsumeOptions.builder().batchSize(BATCH).expiresIn(EXPIRES_MILLIS).build();
    try (IterableConsumer messages =
        broker.connection().getConsumerContext(stream, consumer.getName()).iterate(options)) {
      long waiting = consumer.getNumPending();
      if (waiting == 0) {
        last = end; // what there was is too old to be there any more
      }
      readAll(messages, waiting);
    }
  }

  private void readAll(IterableConsumer messages, long waiting) throws Exception {
    long expected = 1;
    boolean isCaughtUp = false;
    long heardNanos = System.nanoTime();
    while (!renew && !closed && broker.isConnected()) {
      Message message = next(messages, isCaughtUp);
      if (message != null) {
        NatsJetStreamMetaData place = message.metaData();
        if (place.consumerSequence() != expected++) {
          return; // some were lost on the way
        }
        heardNanos = System.nanoTime();
        last = place.streamSequence();
        sink.read(last, message.getData());
      } else if (System.nanoTime() - heardNanos > DOUBT_NANOS) {
        if (end() != last) {
          return;
        }
        heardNanos = System.nanoTime();
      }
      if (!isCaughtUp && expected > waiting) {
        isCaughtUp = true;
        sink.flush();
        sink.caughtUp();
      }
    }
  }

  /** What is here already makes one batch; before waiting for more, that is handed on. */
  private @Nullable Message next(IterableConsumer messages, boolean isCaughtUp) throws Exception {
    Message here = messages.nextMessage((Duration) null);
    if (here != null) {
      return here;
    }
    sink.flush();
    if (isCaughtUp) {
      sink.idle(last);
    }
    return messages.nextMessage(POLL_MILLIS);
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      thread.join(1_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
