package fivefold.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import fivefold.services.chat.Presence;
import io.nats.client.JetStreamApiException;
import io.nats.client.PublishOptions;
import io.nats.client.api.MessageInfo;
import io.nats.client.api.PublishAck;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Whose name is whose: a message for each name, with the server that has it. It is stored only if
 * there is none yet, and that is the broker's to decide, so two cannot take one name. The name of a
 * server whose lease is over may be taken over.
 */
final class NameClaims implements AutoCloseable {
  private static final String TAKEN = "is taken";
  private static final int LIMIT_WAITING = 1_000;
  private static final int WRONG_LAST_SEQUENCE = 10071;
  private static final int NO_MESSAGE = 10037;

  private static final System.Logger LOG = System.getLogger("fivefold.cluster");

  private final Broker broker;
  private final Subjects subjects;
  private final String node;
  private final Peers peers;
  private final Consumer<String> lost;

  /** Those that are ours, by key; with their place in the stream. */
  private final Map<String, Long> held = new ConcurrentHashMap<>();

  private final ThreadPoolExecutor thread =
      new ThreadPoolExecutor(
          1,
          1,
          10,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(LIMIT_WAITING),
          Thread.ofPlatform().daemon().name("fivefold-cluster-names").factory());

  NameClaims(Broker broker, Subjects subjects, String node, Peers peers, Consumer<String> lost) {
    this.broker = broker;
    this.subjects = subjects;
    this.node = node;
    this.peers = peers;
    this.lost = lost;
  }

  /** The answer, null or why not, comes on another thread. */
  void claim(String key, Consumer<@Nullable String> answer) {
    if (!broker.isConnected()) {
      answer.accept("cannot be taken while this server is cut off from the others");
      return;
    }
    try {
      thread.execute(() -> answer.accept(claim(key)));
    } catch (RejectedExecutionException e) {
      answer.accept("cannot be taken yet: too many want a name; try again later");
    }
  }

  private @Nullable String claim(String key) {
    if (held.containsKey(key)) {
      return TAKEN;
    }
    try {
      MessageInfo owner = owner(key);
      if (owner == null) {
        return store(key, 0) ? null : TAKEN;
      }
      String ownerNode = new String(owner.getData(), UTF_8);
      if (ownerNode.equals(node)) { // stored, and the answer had not reached us
        held.put(key, owner.getSeq());
        return null;
      }
      if (peers.isAlive(ownerNode)) {
        return TAKEN;
      }
      if (!peers.knowsAll()) {
        return "may be taken; try again in some seconds";
      }
      return store(key, owner.getSeq()) ? null : TAKEN;
    } catch (IOException | JetStreamApiException e) {
      LOG.log(Level.DEBUG, "a name cannot be claimed", e);
      return "cannot be taken at the moment; try again later";
    }
  }

  private @Nullable MessageInfo owner(String key) throws IOException, JetStreamApiException {
    try {
      return broker.management().getLastMessage(subjects.names(), subjects.name(key));
    } catch (JetStreamApiException e) {
      if (e.getApiErrorCode() == NO_MESSAGE) {
        return null;
      }
      throw e;
    }
  }

  /** False when somebody else was quicker. */
  private boolean store(String key, long before) throws IOException, JetStreamApiException {
    try {
      PublishAck ack =
          broker.stream()
              .publish(
                  subjects.name(key),
                  node.getBytes(UTF_8),
                  PublishOptions.builder().expectedLastSubjectSequence(before).build());
      held.put(key, ack.getSeqno());
      return true;
    } catch (JetStreamApiException e) {
      if (e.getApiErrorCode() == WRONG_LAST_SEQUENCE) {
        return false;
      }
      throw e;
    }
  }

  /** Gives a name back. */
  void release(String key) {
    later(() -> {
      Long sequence = held.remove(key);
      if (sequence != null) {
        var _ = broker.management().deleteMessage(subjects.names(), sequence, false);
      }
    });
  }

  /** After a time without the broker: what is ours no more is said, what is nobody's is taken. */
  void claimAgain() {
    later(() -> {
      for (String key : List.copyOf(held.keySet())) {
        MessageInfo owner = owner(key);
        boolean ours =
            owner == null ? store(key, 0) : new String(owner.getData(), UTF_8).equals(node);
        if (!ours) {
          held.remove(key);
          lost.accept(key);
        }
      }
    });
  }

  /** Gives back what a dead server had. */
  void forget(Peers.Dead dead) {
    later(() -> {
      for (Presence each : dead.members()) {
        MessageInfo owner = owner(key(each.name()));
        if (owner != null && new String(owner.getData(), UTF_8).equals(dead.node())) {
          var _ = broker.management().deleteMessage(subjects.names(), owner.getSeq(), false);
        }
      }
    });
  }

  /** As the chat makes a key of a name; an address has none, and is found with nobody. */
  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  private interface Work {
    void run() throws IOException, JetStreamApiException;
  }

  private void later(Work work) {
    try {
      thread.execute(() -> {
        try {
          work.run();
        } catch (IOException | JetStreamApiException | RuntimeException e) {
          LOG.log(Level.WARNING, "a name stays as it is for now", e);
        }
      });
    } catch (RejectedExecutionException e) {
      LOG.log(Level.WARNING, "a name stays as it is for now: too much waits");
    }
  }

  @Override
  public void close() {
    thread.shutdown();
    try {
      var _ = thread.awaitTermination(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    thread.shutdownNow();
  }
}
