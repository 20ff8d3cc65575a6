package fivefold.lab.crowd;

import fivefold.lab.compare.Pinning;
import fivefold.sys.Limits;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The clients of a crowd, on as many rings as they take, and the threads that those belong to.
 *
 * <p>They are connected by two threads, one of which may run beside the server: on loopback the
 * system makes both ends of a connection on the processor of the one who connects, so that the
 * server's has little to do meanwhile. Everything else is done ring by ring, away from the server.
 */
final class CrowdClients implements AutoCloseable {
  private static final int THREADS = 2;
  private static final int OTHER_DESCRIPTORS = 500;
  private static final int LOOK_EVERY_MILLIS = 250;

  private final InetSocketAddress server;
  private final int connections;
  private final Pinning pinning;
  private final Crowd.Stop stop;
  private final Runnable look;
  private final List<ExecutorService> threads = new ArrayList<>();
  private final List<Owned> rings = new ArrayList<>();
  private final LongAdder done = new LongAdder();
  private final int perRing;
  private int nextFirst;
  private @Nullable String cut;

  /** A ring, and the one thread that may enter it. */
  private record Owned(CrowdRing ring, ExecutorService thread) {}

  /** What is done with a ring; how many connections that was right for. */
  private interface Deed {
    int on(CrowdRing ring);
  }

  /**
   * Clients that are yet to be connected.
   *
   * @param look called on the caller's thread now and then while something is done
   */
  CrowdClients(
      InetSocketAddress server, int connections, Pinning pinning, Crowd.Stop stop, Runnable look) {
    this.server = server;
    this.connections = connections;
    this.perRing = perRing(connections);
    this.pinning = pinning;
    this.stop = stop;
    this.look = look;
    for (int i = 0; i < THREADS; i++) {
      String name = "crowd-" + i;
      threads.add(
          Executors.newSingleThreadExecutor(
              task -> Thread.ofPlatform().daemon().name(name).unstarted(task)));
    }
  }

  /** As many rings for one thread as for the other, all of a size. */
  private static int perRing(int connections) {
    int most = (int) Math.min(Limits.hard(Limits.RLIMIT_NOFILE), 1 << 20) - OTHER_DESCRIPTORS;
    int rings = Math.ceilDiv(Math.ceilDiv(connections, most), THREADS) * THREADS;
    return Math.ceilDiv(connections, rings);
  }

  /** With how many connections the present phase is through. */
  long done() {
    return done.sum();
  }

  void beginPhase() {
    done.reset();
  }

  int connected() {
    return rings.stream().mapToInt(owned -> owned.ring().connected()).sum();
  }

  /** Why the first of those that failed did; null when none has. */
  @Nullable String failure() {
    return rings.stream()
        .map(owned -> owned.ring().failure())
        .filter(each -> each != null)
        .findFirst()
        .orElse(null);
  }

  // ---- connecting

  /** Connects all; why it stopped before, or null. */
  @Nullable String connect() throws IOException, InterruptedException {
    List<Future<Integer>> halves = new ArrayList<>();
    for (ExecutorService thread : threads) {
      boolean mayRoam = !thread.equals(threads.getFirst());
      halves.add(thread.submit(() -> connectHalf(thread, mayRoam)));
    }
    for (Future<Integer> half : halves) {
      await(half);
    }
    rings.sort(Comparator.comparingInt(owned -> owned.ring().first()));
    return cut;
  }

  private int connectHalf(ExecutorService thread, boolean mayRoam) throws IOException {
    if (mayRoam) {
      pinning.roam();
    }
    int all = 0;
    while (true) {
      int first = takeNext();
      if (first < 0) {
        break;
      }
      int count = Math.min(perRing, connections - first);
      CrowdRing ring = new CrowdRing(server, first, count);
      keep(new Owned(ring, thread));
      int connected = ring.connect(done::add);
      all += connected;
      if (connected < count) {
        cutShort("a connect failed: " + ring.failure());
      }
    }
    if (mayRoam) {
      pinning.stay();
    }
    return all;
  }

  /** The number of the first connection of the next ring; -1 for no more. */
  private synchronized int takeNext() {
    if (nextFirst >= connections || cut != null) {
      return -1;
    }
    if (CrowdRoom.isShort()) {
      cutShort("memory ran short");
      return -1;
    }
    if (stop.isWanted()) {
      cutShort("stopped");
      return -1;
    }
    int first = nextFirst;
    nextFirst += perRing;
    return first;
  }

  private synchronized void keep(Owned owned) {
    rings.add(owned);
  }

  private synchronized void cutShort(String why) {
    if (cut == null) {
      cut = why;
    }
  }

  // ---- when all are connected

  /** Has each ask; how many answers were right. */
  int ask() throws IOException, InterruptedException {
    return onEach(ring -> ring.ask(done::add));
  }

  /** One says something, and hears until what has come ends with others. */
  byte @Nullable [] sayAndHear(byte[] said, byte[] end) throws IOException, InterruptedException {
    Owned first = rings.getFirst();
    return await(first.thread().submit(() -> first.ring().sayAndHear(0, said, end)));
  }

  /** One speaks; what it hears, line and text, all are to hear. How many did. */
  int hear(byte[] said) throws IOException, InterruptedException {
    byte[] own = sayAndHear(said, said);
    if (own == null) {
      return 0;
    }
    byte[] heard = lastTwoLines(own);
    CrowdRing speaker = rings.getFirst().ring();
    return 1 + onEach(ring -> ring.hearAll(heard, ring.equals(speaker) ? 0 : -1, done::add));
  }

  private static byte[] lastTwoLines(byte[] lines) {
    int from = lines.length - 1;
    for (int ends = 0; from > 0; from--) {
      if (lines[from - 1] == '\n' && ++ends == 2) {
        break;
      }
    }
    return Arrays.copyOfRange(lines, from, lines.length);
  }

  /** Ends all of them. */
  void hangUp() throws IOException, InterruptedException {
    onEach(ring -> {
      ring.hangUp(done::add);
      return 0;
    });
  }

  private int onEach(Deed deed) throws IOException, InterruptedException {
    int all = 0;
    for (Owned owned : rings) {
      all += await(owned.thread().submit(() -> deed.on(owned.ring())));
    }
    return all;
  }

  private <T extends @Nullable Object> T await(Future<T> future)
      throws IOException, InterruptedException {
    while (true) {
      try {
        return future.get(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException notYet) {
        look.run();
      } catch (ExecutionException e) {
        throw new IOException("the clients of the crowd: " + e.getCause(), e.getCause());
      }
    }
  }

  @Override
  public void close() {
    rings.forEach(owned -> owned.thread().execute(owned.ring()::close));
    threads.forEach(ExecutorService::close);
  }
}
