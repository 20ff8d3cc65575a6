package fivefold.net.loop;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The groups a connection is in, and how far behind it is in each. What was broadcast to it and not
 * yet delivered goes before anything else that is sent to it: whoever sends puts that into the
 * outbox first. So the order for one connection is that of the calls, however slowly its loop goes
 * round. Thread-safe.
 */
final class Subscriptions {
  private static final Subscription[] NONE = {};

  /** Puts a message into the connection's outbox. */
  interface Sink {
    void offer(Broadcast broadcast);
  }

  private final Sink sink;
  private Subscription[] all = NONE;
  private boolean ended;

  Subscriptions(Sink sink) {
    this.sink = sink;
  }

  /** False when the connection has ended. */
  synchronized boolean add(Subscription subscription) {
    if (ended) {
      return false;
    }
    all = Arrays.copyOf(all, all.length + 1);
    all[all.length - 1] = subscription;
    return true;
  }

  /** Ends one, with what was broadcast until now in the outbox; null when there is none. */
  synchronized @Nullable Subscription remove(LoopFanout fanout) {
    Subscription found = find(fanout);
    if (found != null) {
      catchUp(Long.MAX_VALUE);
      Subscription[] left = new Subscription[all.length - 1];
      int count = 0;
      for (Subscription each : all) {
        if (!each.equals(found)) {
          left[count++] = each;
        }
      }
      all = left;
    }
    return found;
  }

  synchronized boolean contains(LoopFanout fanout) {
    return find(fanout) != null;
  }

  private @Nullable Subscription find(LoopFanout fanout) {
    for (Subscription each : all) {
      if (each.fanout.equals(fanout)) {
        return each;
      }
    }
    return null;
  }

  /** Puts all that was broadcast until now into the outbox. */
  synchronized void catchUp() {
    catchUp(Long.MAX_VALUE);
  }

  /**
   * The loop has come round with the broadcasts up to this one.
   *
   * @param mayPass whether nothing waits in the outbox
   * @return true when this one alone is to be sent at once; all else has been put into the outbox
   */
  synchronized boolean deliver(Subscription subscription, Broadcast upTo, boolean mayPass) {
    if (subscription.last.number >= upTo.number) {
      return false;
    }
    if (mayPass && upTo.equals(subscription.last.next()) && isBehindIn(subscription)) {
      // From now on what others send goes behind it: they only reach the outbox, and that is
      // emptied on this thread.
      subscription.last = upTo;
      return true;
    }
    catchUp(upTo.number);
    return false;
  }

  /** In this one alone. */
  private boolean isBehindIn(Subscription one) {
    for (Subscription each : all) {
      if (!each.equals(one) && each.last.next() != null) {
        return false;
      }
    }
    return true;
  }

  /** In the order of their numbers, over all groups. */
  private void catchUp(long number) {
    for (Subscription first = earliest(number); first != null; first = earliest(number)) {
      Broadcast next = first.last.next();
      if (next != null) {
        first.last = next;
        sink.offer(next);
      }
    }
  }

  /** The one whose next broadcast is the oldest, and not after this number. */
  private @Nullable Subscription earliest(long number) {
    Subscription earliest = null;
    long least = number;
    for (Subscription each : all) {
      Broadcast next = each.last.next();
      if (next != null && next.number <= least) {
        least = next.number;
        earliest = each;
      }
    }
    return earliest;
  }

  /** The connection has ended: those it was in. */
  synchronized Subscription[] end() {
    ended = true;
    for (Subscription each : all) {
      // Nothing is put into the outbox any more.
      skip(each);
    }
    return all.clone();
  }

  private static void skip(Subscription subscription) {
    for (Broadcast next = subscription.last.next(); next != null; next = next.next()) {
      subscription.last = next;
    }
  }
}
