package fivefold.cluster;

import fivefold.services.chat.Draft;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What was taken and is not heard yet. A draft leaves it when the stream has brought it back, and
 * counts against the limit until then. Thread-safe.
 */
final class Outbound {
  /** An answer that has not come by now will not: it is sent again. */
  private static final long RESEND_NANOS = 2_000_000_000L;

  /** Puts bytes into the stream. */
  interface Sender {
    /** Completes with their place when they are stored, with an error when that is not known. */
    CompletionStage<Long> send(Flight flight);
  }

  private final String node;
  private final Sender sender;
  private final long limitBytes;
  private final Map<String, Lane> lanes = new HashMap<>();
  private final Map<Long, Flight> unheard = new HashMap<>();
  private long weightBytes;
  private long lastNumber;
  private boolean closed;

  Outbound(String node, Sender sender, long limitBytes) {
    this.node = node;
    this.sender = sender;
    this.limitBytes = limitBytes;
  }

  /**
   * Takes as many as there is room for.
   *
   * @return how many
   * @throws IOException when that is none
   */
  synchronized int add(List<Draft> drafts) throws IOException {
    if (closed) {
      throw new IOException("this server is stopping");
    }
    int taken = 0;
    Set<Lane> used = new LinkedHashSet<>();
    for (Draft each : drafts) {
      long bytes = Lane.weightBytes(each);
      if (weightBytes + bytes > limitBytes) {
        break;
      }
      weightBytes += bytes;
      Lane lane = lanes.computeIfAbsent(each.room(), Lane::new);
      lane.waiting.add(each);
      used.add(lane);
      taken++;
    }
    if (taken == 0) {
      throw new IOException(
          "too much waits for the other servers already, " + (limitBytes >> 10) + " KiB");
    }
    used.forEach(this::pump);
    return taken;
  }

  private void pump(Lane lane) {
    if (lane.flying == null && !lane.waiting.isEmpty()) {
      Flight flight = lane.next(node, ++lastNumber);
      unheard.put(flight.number, flight);
      flight.firstSentNanos = System.nanoTime();
      send(flight);
    }
  }

  private void send(Flight flight) {
    flight.sentNanos = System.nanoTime();
    flight.failed = false;
    sender.send(flight).whenComplete((sequence, error) -> answered(flight, sequence, error));
  }

  private synchronized void answered(
      Flight flight, @Nullable Long sequence, @Nullable Throwable error) {
    if (error == null && sequence != null) {
      flight.sequence = sequence;
      landed(flight);
    } else {
      flight.failed = true;
    }
  }

  private void landed(Flight flight) {
    Lane lane = flight.lane;
    if (flight.equals(lane.flying)) {
      lane.flying = null;
      pump(lane);
    }
  }

  /**
   * The stream has brought one back.
   *
   * @return what it was made of; empty when it is not known any more
   */
  synchronized List<Draft> heard(long number) {
    Flight flight = unheard.get(number);
    if (flight == null) {
      return List.of();
    }
    landed(flight);
    forget(flight);
    return flight.drafts;
  }

  /**
   * The stream is read up to here.
   *
   * @return what is stored before that and was not heard: it was pruned before we could read it
   */
  synchronized List<Draft> missed(long sequence) {
    List<Draft> missed = new ArrayList<>();
    for (Flight each : List.copyOf(unheard.values())) {
      if (each.sequence > 0 && each.sequence <= sequence) {
        forget(each);
        missed.addAll(each.drafts);
      }
    }
    return missed;
  }

  private void forget(Flight flight) {
    unheard.remove(flight.number);
    weightBytes -= flight.weightBytes;
    flight.lane.unheard--;
    if (flight.lane.isIdle()) {
      lanes.remove(flight.lane.room);
    }
    notifyAll();
  }

  /** Sends again what has failed, or has not been answered in time. */
  synchronized void resend() {
    long nowNanos = System.nanoTime();
    for (Lane lane : List.copyOf(lanes.values())) {
      Flight flight = lane.flying;
      if (flight != null && (flight.failed || nowNanos - flight.sentNanos > RESEND_NANOS)) {
        send(flight);
      }
    }
  }

  /** For how long the oldest one has not been stored; 0 for none. */
  synchronized long oldestNanos() {
    long nowNanos = System.nanoTime();
    long oldestNanos = 0;
    for (Lane lane : lanes.values()) {
      Flight flight = lane.flying;
      if (flight != null) {
        oldestNanos = Math.max(oldestNanos, nowNanos - flight.firstSentNanos);
      }
    }
    return oldestNanos;
  }

  /** Takes no more, and waits until all is stored; what is not, then. */
  synchronized List<Draft> close(long patienceMillis) {
    closed = true;
    long endNanos = System.nanoTime() + patienceMillis * 1_000_000;
    boolean interrupted = false;
    while (lanes.values().stream().anyMatch(lane -> lane.flying != null)) {
      long leftMillis = (endNanos - System.nanoTime()) / 1_000_000;
      if (leftMillis <= 0 || interrupted) {
        break;
      }
      try {
        wait(Math.min(leftMillis, 50));
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    List<Draft> left = new ArrayList<>();
    for (Lane lane : lanes.values()) {
      if (lane.flying != null) {
        left.addAll(lane.flying.drafts);
      }
      left.addAll(lane.waiting);
    }
    return left;
  }
}
