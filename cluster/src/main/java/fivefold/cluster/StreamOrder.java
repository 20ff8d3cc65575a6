package fivefold.cluster;

import fivefold.services.chat.Draft;
import fivefold.services.chat.Order;
import fivefold.services.chat.Placed;
import io.nats.client.PublishOptions;
import io.nats.client.api.PublishAck;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The order of what is said is that of a stream. Drafts go into it, with a number by which one that
 * is sent again is known; and whatever comes out of it, from this server or another one, is placed.
 */
final class StreamOrder implements Order {
  private static final int TICK_MILLIS = 100;
  private static final long CLOSING_MILLIS = 5_000;
  private static final int START_SECONDS = 60;

  /** A broker that changes over to another one is back before anybody need know. */
  private static final long GRACE_NANOS = 1_000_000_000L;

  /** Stored this late, the broker is as good as lost. */
  private static final long SLOW_NANOS = 3_000_000_000L;

  /** Batches that are read and wait for the chat's thread. */
  private static final int READ_AHEAD = 16;

  private static final int READ_BATCH = 1_024;

  private static final System.Logger LOG = System.getLogger("fivefold.cluster");

  private final Broker broker;
  private final Subjects subjects;
  private final String node;
  private final Outbound outbound;
  private final Doubles doubles = new Doubles();
  private final StreamReader reader;
  private final CountDownLatch begun = new CountDownLatch(1);
  private final Semaphore ahead = new Semaphore(READ_AHEAD);
  private final ScheduledExecutorService ticks =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("fivefold-cluster-resend").factory());

  private @Nullable Executor turns;
  private @Nullable Listener listener;

  /** What the reader has read and not handed on. The reader's own. */
  private List<Placed> read = new ArrayList<>();

  // Guarded by this.
  private long troubledNanos;
  private boolean troubled;
  private boolean lost;

  StreamOrder(Broker broker, Subjects subjects, String node, long limitQueuedBytes) {
    this.broker = broker;
    this.subjects = subjects;
    this.node = node;
    this.outbound = new Outbound(node, this::send, limitQueuedBytes);
    this.reader = new StreamReader(broker, subjects.stream(), new Reading());
  }

  @Override
  public void start(Executor executor, Listener heard) throws IOException {
    turns = executor;
    listener = heard;
    reader.start();
    try {
      if (!begun.await(START_SECONDS, TimeUnit.SECONDS)) {
        throw new IOException(
            "the broker at " + broker.place() + " does not give us the stream; see its log");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while the stream was read", e);
    }
    var _ =
        ticks.scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
  }

  @Override
  public int submit(List<Draft> drafts) throws IOException {
    return outbound.add(drafts);
  }

  private CompletionStage<Long> send(Flight flight) {
    try {
      return broker.stream()
          .publishAsync(
              flight.subject(subjects),
              flight.encoded,
              PublishOptions.builder().messageId(node + "-" + flight.number).build())
          .thenApply(PublishAck::getSeqno);
    } catch (RuntimeException notConnected) {
      return CompletableFuture.failedFuture(notConnected);
    }
  }

  private void tick() {
    try {
      if (broker.isConnected()) {
        outbound.resend();
      }
      look();
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "the cluster goes on after an error", e);
    }
  }

  private boolean isInTrouble() {
    return !broker.isConnected() || outbound.oldestNanos() > SLOW_NANOS;
  }

  /** Trouble that lasts is told to the members. */
  private synchronized void look() {
    long nowNanos = System.nanoTime();
    if (!isInTrouble()) {
      troubled = false;
    } else if (!troubled) {
      troubled = true;
      troubledNanos = nowNanos;
    } else if (!lost && nowNanos - troubledNanos > GRACE_NANOS) {
      lost = true;
      tell(Listener::lost);
    }
  }

  private synchronized void lookWhetherBack() {
    if (lost && !isInTrouble()) {
      lost = false;
      troubled = false;
      tell(Listener::found);
    }
  }

  private void tell(Consumer<Listener> news) {
    Executor executor = turns;
    Listener heard = listener;
    if (executor != null && heard != null) {
      executor.execute(() -> news.accept(heard));
    }
  }

  private final class Reading implements StreamReader.Sink {
    @Override
    public void read(long sequence, byte[] bytes) throws InterruptedException {
      try {
        Entry entry = Entry.read(bytes);
        if (doubles.isNew(entry)) {
          List<Draft> drafts =
              entry.node().equals(node) ? outbound.heard(entry.number()) : List.of();
          if (drafts.isEmpty()) {
            read.addAll(entry.placed(sequence));
          } else {
            for (int i = 0; i < drafts.size(); i++) {
              read.add(drafts.get(i).at(Entry.id(sequence, i)));
            }
          }
        }
      } catch (MalformedException e) {
        LOG.log(
            Level.WARNING,
            "message " + sequence + " of the stream " + e.getMessage() + "; it is passed over");
      }
      if (read.size() >= READ_BATCH) {
        flush();
      }
    }

    @Override
    public void flush() throws InterruptedException {
      if (read.isEmpty()) {
        return;
      }
      List<Placed> next = read;
      read = new ArrayList<>();
      ahead.acquire();
      tell(heard -> {
        ahead.release();
        try {
          heard.placed(next);
        } catch (IOException e) {
          LOG.log(Level.ERROR, "messages of the stream could not be kept here", e);
        }
      });
    }

    @Override
    public void caughtUp() {
      begun.countDown();
    }

    @Override
    public void idle(long sequence) {
      List<Draft> missed = outbound.missed(sequence);
      if (!missed.isEmpty()) {
        tell(heard -> heard.missed(missed));
      }
      lookWhetherBack();
    }
  }

  @Override
  public void close() {
    List<Draft> left = outbound.close(begun.getCount() == 0 ? CLOSING_MILLIS : 0);
    if (!left.isEmpty()) {
      LOG.log(
          Level.ERROR,
          left.size() + " messages that waited for the broker are lost with this server");
    }
    ticks.shutdownNow();
    reader.close();
  }
}
