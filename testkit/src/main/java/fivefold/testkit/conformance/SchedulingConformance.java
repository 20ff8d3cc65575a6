package fivefold.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import fivefold.net.IoModel;
import fivefold.net.Server;
import fivefold.net.style.Conversation;
import fivefold.net.style.ConversationHandler;
import fivefold.net.style.DeadlineException;
import fivefold.testkit.Await;
import fivefold.testkit.Crew;
import fivefold.testkit.EveryModel;
import fivefold.testkit.Peer;
import fivefold.testkit.Recorder;
import fivefold.testkit.Servers;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Conversations that wait for each other, for locks, for time, and for other threads. */
public class SchedulingConformance {
  private final BlockingQueue<Object> told = new LinkedBlockingQueue<>();

  private Recorder talking(ConversationHandler handler) {
    return new Recorder(() -> Conversation.of(handler));
  }

  private Object told() throws InterruptedException {
    @Nullable Object next = told.poll(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("the conversation has told nothing");
    }
    return next;
  }

  private static void echo(Conversation peer) throws IOException {
    for (ByteBuffer bytes = peer.read(); bytes != null; bytes = peer.read()) {
      peer.write(bytes);
    }
  }

  @EveryModel
  void oneThatSleepsHoldsUpNoOther(IoModel model) throws Exception {
    Recorder recorder =
        talking(peer -> {
          if ("sleep".equals(peer.readLine())) {
            peer.writeLine("sleeping");
            peer.flush();
            Thread.sleep(Duration.ofMillis(300));
            told.add("awake");
            peer.writeLine("awake");
          }
          echo(peer);
        });
    try (Server server = Servers.start(model, recorder);
        Peer sleeper = Peer.connect(server);
        Peer other = Peer.connect(server)) {
      other.send("\n");
      sleeper.send("sleep\n");
      assertThat(sleeper.receiveText(9)).isEqualTo("sleeping\n");
      assertThat(other.echoes("meanwhile")).isTrue();
      assertThat(sleeper.receiveText(6)).isEqualTo("awake\n");
      assertThat(sleeper.echoes("and on")).isTrue();
      assertThat(told()).isEqualTo("awake");
    }
    recorder.assertSound();
  }

  @EveryModel
  void oneThatWaitsForALockHoldsUpNoOther(IoModel model) throws Exception {
    ReentrantLock lock = new ReentrantLock();
    Recorder recorder =
        talking(peer -> {
          if ("lock".equals(peer.readLine())) {
            told.add("waits");
            lock.lock();
            try {
              peer.writeLine("mine");
            } finally {
              lock.unlock();
            }
          }
          echo(peer);
        });
    try (Server server = Servers.start(model, recorder);
        Peer waiter = Peer.connect(server);
        Peer other = Peer.connect(server)) {
      other.send("\n");
      lock.lock();
      try {
        waiter.send("lock\n");
        assertThat(told()).isEqualTo("waits");
        assertThat(other.echoes("meanwhile")).isTrue();
      } finally {
        lock.unlock();
      }
      assertThat(waiter.receiveText(5)).isEqualTo("mine\n");
      assertThat(waiter.echoes("and on")).isTrue();
    }
    recorder.assertSound();
  }

  @EveryModel
  void oneThatWaitsForAMonitorHoldsUpNoOther(IoModel model) throws Exception {
    Object monitor = new Object();
    Recorder recorder =
        talking(peer -> {
          if ("lock".equals(peer.readLine())) {
            told.add("waits");
            synchronized (monitor) {
              peer.writeLine("mine");
            }
          }
          echo(peer);
        });
    try (Server server = Servers.start(model, recorder);
        Peer waiter = Peer.connect(server);
        Peer other = Peer.connect(server)) {
      other.send("\n");
      synchronized (monitor) {
        waiter.send("lock\n");
        assertThat(told()).isEqualTo("waits");
        assertThat(other.echoes("meanwhile")).isTrue();
      }
      assertThat(waiter.receiveText(5)).isEqualTo("mine\n");
    }
    recorder.assertSound();
  }

  /**
   * The lock's next owner is a conversation of the loop, and the loop itself stands in line behind
   * it: run by the loop alone, neither would ever get on.
   */
  @EveryModel
  void aLoopThatBlocksOnALockOfItsOwnConversation(IoModel model) throws Exception {
    ReentrantLock lock = new ReentrantLock();
    Recorder recorder =
        talking(peer -> {
          if ("lock".equals(peer.readLine())) {
            told.add("waits");
            takeAndLeave(lock);
            peer.writeLine("had it");
          }
          echo(peer);
        });
    try (Server server = Servers.start(model, recorder);
        Peer waiter = Peer.connect(server);
        Peer other = Peer.connect(server)) {
      lock.lock();
      try {
        waiter.send("lock\n");
        assertThat(told()).isEqualTo("waits");
        Await.until("it stands in line", lock::hasQueuedThreads);
        recorder.connection(1).connection().execute(() -> takeAndLeave(lock));
        Await.until("so does the loop", () -> lock.getQueueLength() == 2);
      } finally {
        lock.unlock();
      }
      assertThat(waiter.receiveText(7)).isEqualTo("had it\n");
      assertThat(waiter.echoes("and on")).isTrue();
      other.send("\n");
      assertThat(other.echoes("the other, too")).isTrue();
    }
    recorder.assertSound();
  }

  private static void takeAndLeave(ReentrantLock lock) {
    lock.lock();
    try {
      assertThat(lock.isHeldByCurrentThread()).isTrue();
    } finally {
      lock.unlock();
    }
  }

  @EveryModel
  void offloadedWorkHoldsUpNoOther(IoModel model) throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    Recorder recorder =
        talking(peer -> {
          if ("work".equals(peer.readLine())) {
            String by =
                peer.offload(() -> {
                  told.add("works");
                  go.await();
                  return Thread.currentThread().isVirtual() ? "virtual" : "platform";
                });
            peer.writeLine(by);
            try (var _ = peer.within(Duration.ofMillis(20))) {
              peer.offload(() -> new CountDownLatch(1).await(1, TimeUnit.HOURS));
            } catch (DeadlineException e) {
              peer.writeLine("too long");
            }
            try {
              peer.offload(() -> {
                throw new IllegalStateException("its own");
              });
            } catch (IllegalStateException e) {
              peer.writeLine(String.valueOf(e.getMessage()));
            }
          }
          echo(peer);
        });
    try (Server server = Servers.start(model, recorder);
        Peer worker = Peer.connect(server);
        Peer other = Peer.connect(server)) {
      other.send("\n");
      worker.send("work\n");
      assertThat(told()).isEqualTo("works");
      assertThat(other.echoes("meanwhile")).isTrue();
      go.countDown();
      assertThat(worker.receiveText(26)).isEqualTo("platform\ntoo long\nits own\n");
      assertThat(worker.echoes("and on")).isTrue();
    }
    assertThat(recorder.failures()).isEmpty();
    recorder.assertSound();
  }

  @EveryModel
  void conversationsHandThingsToEachOther(IoModel model) throws Exception {
    BlockingQueue<String> queue = new LinkedBlockingQueue<>(1);
    Recorder recorder =
        talking(peer -> {
          if ("give".equals(peer.readLine())) {
            for (int i = 0; i < 500; i++) {
              queue.put("thing " + i);
            }
          } else {
            for (int i = 0; i < 500; i++) {
              peer.writeLine(queue.take());
            }
          }
          peer.writeLine("done");
        });
    try (Server server = Servers.start(model, recorder);
        Peer taker = Peer.connect(server);
        Peer giver = Peer.connect(server)) {
      taker.send("take\n");
      giver.send("give\n");
      assertThat(giver.receiveTextToEnd()).isEqualTo("done\n");
      assertThat(taker.receiveTextToEnd()).endsWith("thing 499\ndone\n");
    }
    recorder.assertSound();
  }

  @EveryModel
  void aThreadStartedByAConversationOutlivesIt(IoModel model) throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    Recorder recorder =
        talking(peer ->
            Thread.ofVirtual()
                .start(() -> {
                  try {
                    told.add("child");
                    go.await();
                    Thread.sleep(1);
                    told.add("child's end");
                  } catch (InterruptedException e) {
                    told.add(e);
                  }
                }));
    try (Server server = Servers.start(model, recorder);
        Peer peer = Peer.connect(server)) {
      assertThat(peer.receiveToEnd()).isEmpty();
      assertThat(told()).isEqualTo("child");
      assertThat(recorder.first().awaitClose()).isNotNull();
    }
    go.countDown();
    assertThat(told()).isEqualTo("child's end");
    recorder.assertSound();
  }

  @EveryModel
  @SuppressWarnings("ThreadPriorityCheck") // yielding is the subject
  void oneThatYieldsAllTheTimeHoldsUpNoOther(IoModel model) throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    Recorder recorder =
        talking(peer -> {
          if ("yield".equals(peer.readLine())) {
            while (over.getCount() > 0) {
              Thread.yield();
            }
            peer.writeLine("over");
          }
          echo(peer);
        });
    try (Server server = Servers.start(model, recorder);
        Peer yielder = Peer.connect(server);
        Peer other = Peer.connect(server)) {
      other.send("\n");
      yielder.send("yield\n");
      for (int i = 0; i < 20; i++) {
        assertThat(other.echoes("meanwhile")).isTrue();
      }
      over.countDown();
      assertThat(yielder.receiveText(5)).isEqualTo("over\n");
    } finally {
      over.countDown();
    }
    recorder.assertSound();
  }

  @EveryModel
  void manyAtOnce(IoModel model) throws Exception {
    // A platform thread for each, or descriptors below 1024 for both ends, bound the others.
    int count =
        switch (model) {
          case PROCESS, THREAD, POOL, SELECT -> 400;
          default -> 2_000;
        };
    Recorder recorder =
        talking(peer -> {
          for (String line = peer.readLine(); line != null; line = peer.readLine()) {
            Thread.sleep(1);
            peer.writeLine(line);
          }
        });
    List<Peer> peers = new ArrayList<>();
    try (Server server = Servers.recorded(model, recorder).workers(count).start()) {
      for (int i = 0; i < count; i++) {
        peers.add(Peer.connect(server));
      }
      for (int round = 0; round < 3; round++) {
        for (int i = 0; i < count; i++) {
          peers.get(i).send("number " + i + "\n");
        }
        for (int i = 0; i < count; i++) {
          String line = "number " + i + "\n";
          assertThat(peers.get(i).receiveText(line.length())).isEqualTo(line);
        }
      }
      assertThat(server.stats().open()).isEqualTo(count);
    } finally {
      for (Peer peer : peers) {
        peer.close();
      }
    }
    assertThat(recorder.failures()).isEmpty();
    recorder.assertSound();
  }

  /** Stopped while many conversations do all kinds of things, none is left behind. */
  @EveryModel
  void aStopInTheMiddleOfEverything(IoModel model) throws Exception {
    int count = 40;
    CountDownLatch begins = new CountDownLatch(count);
    CountDownLatch ends = new CountDownLatch(count);
    ReentrantLock lock = new ReentrantLock();
    Recorder recorder =
        talking(peer -> {
          begins.countDown();
          try {
            switch (String.valueOf(peer.readLine()).charAt(0)) {
              case '0' -> peer.readExactly(1000);
              case '1' -> Thread.sleep(Duration.ofHours(1));
              case '2' -> lock.lockInterruptibly();
              case '3' -> {
                while (true) {
                  peer.write(new byte[10_000]);
                }
              }
              default -> peer.offload(() -> new CountDownLatch(1).await(1, TimeUnit.HOURS));
            }
          } finally {
            ends.countDown();
          }
        });
    List<Peer> peers = new ArrayList<>();
    lock.lock();
    try (Server server = Servers.recorded(model, recorder).workers(count).start();
        Crew crew = new Crew()) {
      for (int i = 0; i < count; i++) {
        Peer peer = Peer.connectWithSmallBuffer(server);
        peers.add(peer);
        crew.start(() -> peer.send(peers.indexOf(peer) % 5 + "\n"));
      }
      crew.join();
      // Not only open: a stop discards one that still waits for its thread, unheard.
      assertThat(begins.await(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
      server.stop(Duration.ofMillis(100));
      assertThat(ends.await(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } finally {
      lock.unlock();
      for (Peer peer : peers) {
        peer.close();
      }
    }
    recorder.assertSound();
  }
}
