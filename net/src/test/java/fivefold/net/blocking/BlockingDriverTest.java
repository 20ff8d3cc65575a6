package fivefold.net.blocking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fivefold.net.CloseReason;
import fivefold.net.Connection;
import fivefold.net.IoModel;
import fivefold.net.OutboxLimits;
import fivefold.net.Server;
import fivefold.net.ServerListener;
import fivefold.net.StopReport;
import fivefold.net.StreamHandler;
import fivefold.net.StreamOptions;
import fivefold.net.fixture.Client;
import java.io.File;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAccumulator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Where the worker of a connection and the rest of the world meet. */
@Timeout(60)
final class BlockingDriverTest {

  /** Notes what it hears, and the thread that tells it. */
  private static class Noting implements StreamHandler {
    final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    final CompletableFuture<Connection> opened = new CompletableFuture<>();
    volatile Thread worker;

    @Override
    public void onOpen(Connection connection) {
      worker = Thread.currentThread();
      opened.complete(connection);
    }

    @Override
    public void onReceive(Connection connection, ByteBuffer data) {
      heard.add("receive");
    }

    @Override
    public void onEnd(Connection connection) {
      heard.add("end");
      connection.close();
    }

    @Override
    public void onClose(Connection connection, CloseReason reason) {
      heard.add("close " + reason.kind());
    }

    String next() throws InterruptedException {
      return heard.poll(10, TimeUnit.SECONDS);
    }

    boolean workerWaits() {
      return worker.getState() == Thread.State.WAITING;
    }
  }

  /** Pauses as soon as it is open. */
  private static final class Paused extends Noting {
    @Override
    public void onOpen(Connection connection) {
      connection.pauseReading();
      super.onOpen(connection);
    }
  }

  /** A paused worker parks in WAITING; in read it is RUNNABLE (thread, pool). */
  @ParameterizedTest
  @EnumSource(names = {"THREAD", "POOL"})
  void theEndIsNotToldWhilePaused(IoModel model) throws Exception {
    // It pauses in a task while the worker waits in read already.
    Noting handler = new Noting();
    try (Server server = Server.tcp(0, () -> handler).model(model).start();
        Client client = new Client(server.port())) {
      Connection connection = handler.opened.get(10, TimeUnit.SECONDS);
      await().until(() -> handler.worker.getState() == Thread.State.RUNNABLE);
      connection.pauseReading();
      client.end();

      await().until(() -> handler.workerWaits() || !handler.heard.isEmpty());
      assertThat(handler.heard).isEmpty();
      connection.resumeReading();
      assertThat(handler.next()).isEqualTo("end");
      assertThat(handler.next()).isEqualTo("close PEER_CLOSED");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"THREAD", "POOL"})
  void whatCameWhilePausedIsNotToldByAStop(IoModel model) throws Exception {
    Noting handler = new Noting();
    try (Server server = Server.tcp(0, () -> handler).model(model).start();
        Client client = new Client(server.port())) {
      Connection connection = handler.opened.get(10, TimeUnit.SECONDS);
      await().until(() -> handler.worker.getState() == Thread.State.RUNNABLE);
      connection.pauseReading();
      client.send("held back");
      await().until(handler::workerWaits);

      StopReport report = server.stop(Duration.ofSeconds(10));

      assertThat(report.aborted()).isZero();
      assertThat(handler.next()).isEqualTo("close SERVER_STOPPED");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"THREAD", "POOL", "VIRTUAL"})
  void aPausedConnectionDrains(IoModel model) throws Exception {
    Paused handler = new Paused();
    try (Server server = Server.tcp(0, () -> handler).model(model).start();
        Client client = new Client(server.port())) {
      client.send("unheard");
      handler.opened.get(10, TimeUnit.SECONDS);

      assertThat(server.stop(Duration.ofSeconds(10)).aborted()).isZero();
      assertThat(handler.next()).isEqualTo("close SERVER_STOPPED");
    }
  }

  /** Connections that come and go at the moment of the stop are drained, whatever they are at. */
  @ParameterizedTest
  @EnumSource(names = {"THREAD", "POOL", "VIRTUAL"})
  void busyConnectionsDrainAtOnce(IoModel model) throws Exception {
    for (int round = 0; round < 20; round++) {
      Server server = Server.tcp(0, () -> Connection::send).model(model).workers(16).start();
      List<Client> clients = new ArrayList<>();
      List<Thread> threads = new ArrayList<>();
      CountDownLatch busy = new CountDownLatch(8);
      for (int i = 0; i < 8; i++) {
        Client client = new Client(server.port());
        clients.add(client);
        threads.add(
            Thread.ofPlatform()
                .start(() -> {
                  try {
                    client.ask("warm");
                    busy.countDown();
                    while (client.ask("ping").equals("ping")) {
                      // Until the server goes.
                    }
                  } catch (IOException e) {
                    // It has gone.
                  }
                }));
      }
      assertThat(busy.await(10, TimeUnit.SECONDS)).isTrue();

      StopReport report = server.stop(Duration.ofSeconds(5));

      assertThat(report.aborted()).as("round %s: %s", round, report).isZero();
      for (Thread each : threads) {
        each.join();
      }
      for (Client each : clients) {
        each.close();
      }
    }
  }

  /** Says little to the first bytes, once it may, and more than sockets hold to the second. */
  private static final class SlowThenLarge extends Noting {
    final CountDownLatch mayGoOn = new CountDownLatch(1);
    private boolean second;

    @Override
    public void onReceive(Connection connection, ByteBuffer data) {
      super.onReceive(connection, data);
      if (second) {
        connection.send(ByteBuffer.allocate(32 << 20));
      }
      second = true;
      awaitQuietly();
    }

    private void awaitQuietly() {
      try {
        mayGoOn.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** A full socket and a stop: the worker waits for the peer, it does not ask again and again. */
  @ParameterizedTest
  @EnumSource(names = {"THREAD", "POOL"})
  void aDrainThatWaitsForItsPeerUsesNoProcessorTime(IoModel model) throws Exception {
    SlowThenLarge handler = new SlowThenLarge();
    Server server =
        Server.tcp(0, () -> handler)
            .model(model)
            .outbox(OutboxLimits.DEFAULT.withBytes(100 << 20))
            .start();
    try (Client client = new Client(server.port())) {
      client.send("for the worker");
      assertThat(handler.next()).isEqualTo("receive");
      client.send("for the drain");
      long before = processorTicks();
      CompletableFuture<StopReport> stopped =
          CompletableFuture.supplyAsync(() -> server.stop(Duration.ofSeconds(2)));
      await().until(() -> refuses(server.port()));
      handler.mayGoOn.countDown();

      // While they live: a thread takes its account with it.
      LongAccumulator most = new LongAccumulator(Math::max, 0);
      await()
          .until(() -> {
            most.accumulate(processorTicks());
            return stopped.isDone();
          });
      assertThat(stopped.get().aborted()).isEqualTo(1);
      assertThat(most.get() - before).as("hundredths of a second").isLessThan(60);
    } finally {
      server.close();
    }
  }

  private static boolean refuses(int port) throws IOException {
    try (Client client = new Client(port)) {
      return false;
    } catch (ConnectException e) {
      return true;
    }
  }

  /** What the workers' threads have used, user and system (proc(5), fields 14 and 15 of stat). */
  private static long processorTicks() throws IOException {
    long ticks = 0;
    File[] tasks = new File("/proc/self/task").listFiles();
    for (File task : tasks == null ? new File[0] : tasks) {
      String stat = "";
      try {
        stat = Files.readString(task.toPath().resolve("stat"));
      } catch (NoSuchFileException e) {
        // A thread that has just ended.
      }
      if (stat.contains("(fivefold-thread") || stat.contains("(fivefold-pool")) {
        List<String> fields = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1));
        ticks += Long.parseLong(fields.get(11)) + Long.parseLong(fields.get(12));
      }
    }
    return ticks;
  }

  /** What fails on a worker outside of a handler ends its connection, and is not forgotten. */
  @Test
  void aWorkerThatFailsEndsItsConnection() throws Exception {
    Noting handler = new Noting();
    ServerListener fails =
        new ServerListener() {
          @Override
          public void opened(Connection connection) {
            throw new OutOfMemoryError("planted");
          }
        };
    // An engine of its own, since a server guards its listener.
    StreamOptions options =
        new StreamOptions(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            1,
            1,
            0,
            16,
            true,
            true,
            false,
            0,
            0,
            100,
            0,
            Duration.ZERO,
            OutboxLimits.DEFAULT,
            fails,
            null);
    BlockingEngine engine = new BlockingEngine(options, () -> handler, Workers.platform());
    int port = ((InetSocketAddress) engine.start()).getPort();
    try (Client client = new Client(port)) {
      assertThat(client.receiveAll()).isEmpty();
    } catch (SocketException e) {
      // Reset before it was connected, in its own eyes.
    }
    try {
      assertThat(handler.next()).isEqualTo("close IO_ERROR");
      await().until(() -> engine.openCount() == 0);
      assertThat(engine.connections()).isEmpty();
    } finally {
      engine.stopAccepting();
      engine.terminate();
    }
  }
}
