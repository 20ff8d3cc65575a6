package fivefold.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import fivefold.services.chat.Neighbours;
import fivefold.services.chat.Presence;
import io.nats.client.Dispatcher;
import io.nats.client.Message;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Each server tells the others who comes and goes on it, and now and then that it is alive; of one
 * that is silent for a lease the members are gone. None of this is stored: who misses a part of it
 * sees that by the number of the next, and asks for all.
 */
final class NatsNeighbours implements Neighbours {
  private static final int BEATS_PER_LEASE = 4;
  private static final String YES = "yes";
  private static final String NO = "no";

  private static final System.Logger LOG = System.getLogger("fivefold.cluster");

  private final Broker broker;
  private final Subjects subjects;
  private final String node;
  private final long beatNanos;
  private final Peers peers;
  private final NameClaims names;
  private final ScheduledExecutorService beats =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("fivefold-cluster-presence").factory());

  private @Nullable Executor turns;
  private @Nullable Listener listener;
  private @Nullable Dispatcher dispatcher;

  // Guarded by this, and sent under it: the others get the changes in the order of their numbers.
  private final Map<Long, Presence> mine = new LinkedHashMap<>();
  private long changes;

  NatsNeighbours(Broker broker, Subjects subjects, String node, Duration lease) {
    this.broker = broker;
    this.subjects = subjects;
    this.node = node;
    this.beatNanos = lease.toNanos() / BEATS_PER_LEASE;
    this.peers = new Peers(lease.toNanos());
    this.names = new NameClaims(broker, subjects, node, peers, this::nameLost);
  }

  @Override
  public void start(Executor executor, Listener heard) {
    turns = executor;
    listener = heard;
    Dispatcher receiving = broker.connection().createDispatcher(this::receive);
    receiving.subscribe(subjects.presence()).subscribe(subjects.node(node));
    dispatcher = receiving;
    var _ = beats.scheduleWithFixedDelay(this::beat, 0, beatNanos, TimeUnit.NANOSECONDS);
    broker.whenBack(() -> {
      peers.listenAnew();
      beats.execute(this::beat);
      names.claimAgain();
    });
  }

  @Override
  public synchronized void present(long member, String name, List<String> rooms) {
    Presence now = new Presence(node, member, name, rooms);
    mine.put(member, now);
    publish(subjects.presence(), new PresenceNews.Here(node, ++changes, now));
  }

  @Override
  public synchronized void absent(long member, boolean slow) {
    if (mine.remove(member) != null) {
      publish(subjects.presence(), new PresenceNews.Gone(node, ++changes, member, slow));
    }
  }

  @Override
  public void claim(String key, Consumer<@Nullable String> answer) {
    names.claim(key, refusal -> inTurn(_ -> answer.accept(refusal)));
  }

  @Override
  public void release(String key) {
    names.release(key);
  }

  private void nameLost(String key) {
    inTurn(heard -> heard.nameLost(key));
  }

  @Override
  public void tell(Presence to, String from, String text, Consumer<Boolean> answer) {
    byte[] asked = new PresenceNews.Tell(node, to.name(), from, text).encoded();
    try {
      var _ =
          broker
              .connection()
              .requestWithTimeout(subjects.node(to.node()), asked, Broker.requestPatience())
              .whenComplete((reply, error) ->
                  inTurn(_ ->
                      answer.accept(
                          error == null && new String(reply.getData(), UTF_8).equals(YES))));
    } catch (IllegalStateException notConnected) {
      answer.accept(false);
    }
  }

  /** What cannot be sent is missed by the others, and they will ask. */
  private void publish(String subject, PresenceNews news) {
    try {
      broker.connection().publish(subject, news.encoded());
    } catch (IllegalStateException notConnected) {
      LOG.log(Level.DEBUG, "presence is not told while the broker is away", notConnected);
    }
  }

  private void beat() {
    try {
      synchronized (this) {
        publish(subjects.presence(), new PresenceNews.Alive(node, changes));
      }
      for (Peers.Dead dead : peers.expire()) {
        LOG.log(
            Level.WARNING,
            "server " + dead.node() + " is not heard of any more; its lease is over");
        inTurn(heard -> heard.all(dead.node(), List.of()));
        if (peers.isFirst(node)) {
          names.forget(dead);
        }
      }
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "presence goes on after an error", e);
    }
  }

  private void inTurn(Consumer<Listener> news) {
    Executor executor = turns;
    Listener heard = listener;
    if (executor != null && heard != null) {
      executor.execute(() -> news.accept(heard));
    }
  }

  /** On the one thread of the dispatcher. */
  private void receive(Message message) {
    try {
      PresenceNews news = PresenceNews.read(message.getData());
      if (news.node().equals(node)) {
        return;
      }
      if (peers.heard(news.node())) {
        beats.execute(this::beat); // it learns of us at once
      }
      take(news, message.getReplyTo());
    } catch (MalformedException e) {
      LOG.log(Level.WARNING, "a message of another server " + e.getMessage());
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "presence goes on after an error", e);
    }
  }

  private void take(PresenceNews news, @Nullable String replyTo) {
    switch (news) {
      case PresenceNews.Alive(String from, long count) -> askIfBehind(from, count);
      case PresenceNews.Bye(String from) -> {
        peers.remove(from);
        inTurn(heard -> heard.all(from, List.of()));
      }
      case PresenceNews.Here(String from, long count, Presence member) -> {
        if (peers.isNext(from, count)) {
          peers.here(member);
          inTurn(heard -> heard.present(member));
        } else {
          askIfBehind(from, count);
        }
      }
      case PresenceNews.Gone(String from, long count, long member, boolean slow) -> {
        if (peers.isNext(from, count)) {
          peers.gone(from, member);
          inTurn(heard -> heard.absent(from, member, slow));
        } else {
          askIfBehind(from, count);
        }
      }
      case PresenceNews.Ask(String from) -> answer(from);
      case PresenceNews.All all -> {
        if (peers.arrived(all)) {
          List<Presence> members = peers.members(all.node());
          inTurn(heard -> heard.all(all.node(), members));
        }
      }
      case PresenceNews.Tell(_, String to, String from, String text) ->
          inTurn(heard -> reply(replyTo, heard.told(to, from, text)));
    }
  }

  private void askIfBehind(String from, long count) {
    if (peers.isBehind(from, count)) {
      publish(subjects.node(from), new PresenceNews.Ask(node));
    }
  }

  /** All parts in one go: no change comes between them. */
  private synchronized void answer(String asking) {
    List<Presence> all = new ArrayList<>(mine.values());
    int at = 0;
    do {
      int end = Math.min(all.size(), at + PresenceNews.LIMIT_PART);
      publish(
          subjects.node(asking),
          new PresenceNews.All(node, changes, at == 0, end == all.size(), all.subList(at, end)));
      at = end;
    } while (at < all.size());
  }

  private void reply(@Nullable String replyTo, boolean told) {
    if (replyTo != null) {
      try {
        broker.connection().publish(replyTo, (told ? YES : NO).getBytes(UTF_8));
      } catch (IllegalStateException notConnected) {
        LOG.log(Level.DEBUG, "an answer cannot be given", notConnected);
      }
    }
  }

  @Override
  public void close() {
    beats.shutdownNow();
    Dispatcher receiving = dispatcher;
    if (receiving != null) {
      publish(subjects.presence(), new PresenceNews.Bye(node));
      broker.connection().closeDispatcher(receiving);
    }
    names.close();
  }
}
