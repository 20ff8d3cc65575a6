package fivefold.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fivefold.net.CloseReason.Kind;
import fivefold.net.Connection;
import fivefold.net.IoModel;
import fivefold.net.ModelUnavailableException;
import fivefold.net.NamedHandlers;
import fivefold.net.Server;
import fivefold.net.StopReport;
import fivefold.net.StreamServerBuilder;
import fivefold.testkit.Await;
import fivefold.testkit.ChildJvm;
import fivefold.testkit.EveryModel;
import fivefold.testkit.Leftovers;
import fivefold.testkit.Pattern;
import fivefold.testkit.Peer;
import fivefold.testkit.TellingProcess;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/**
 * The model that serves in other processes: what the other conformance tests ask with handlers that
 * are objects of the test, as far as it makes sense, and what only processes can get wrong.
 */
public class ProcessConformance {
  private static final Duration LONG = Duration.ofSeconds(20);

  private final Leftovers leftovers = Leftovers.before();
  private final HeardListener heard = new HeardListener();

  @TempDir Path folder;

  private StreamServerBuilder builder(NamedHandlers handlers) {
    return Server.tcp(0, handlers).model(IoModel.PROCESS).listener(heard);
  }

  /** Waits longer than others: a JVM starts for it. */
  private static Peer connect(Server server) throws IOException {
    Peer peer = Peer.connect(server);
    peer.socket().setSoTimeout((int) LONG.toMillis());
    return peer;
  }

  /** What a telling handler says first. */
  private static long pid(Peer peer) throws IOException {
    StringBuilder digits = new StringBuilder();
    for (int next; (next = peer.input().read()) != '\n'; ) {
      if (next < 0) {
        throw new IOException("the server ended after '" + digits + "'");
      }
      digits.append((char) next);
    }
    return Long.parseLong(digits.toString());
  }

  private static Set<Long> children() {
    return ProcessHandle.current().children().map(ProcessHandle::pid).collect(Collectors.toSet());
  }

  private static void awaitGone(long pid) {
    Await.until("process " + pid + " has ended", () -> hasEnded(pid));
  }

  /** Also when whoever adopted it has not reaped it yet. */
  private static boolean hasEnded(long pid) throws IOException {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      return stat.charAt(stat.lastIndexOf(')') + 2) == 'Z';
    } catch (java.nio.file.NoSuchFileException e) {
      return true;
    }
  }

  private static void kill(long pid) {
    ProcessHandle.of(pid).orElseThrow().destroyForcibly();
  }

  /** The first socket makes the JDK open one more, which it keeps. */
  @BeforeAll
  static void openWhatTheJdkKeeps() throws IOException {
    new DatagramSocket().close();
  }

  @AfterEach
  void nothingIsLeft() {
    // A zombie is a child, too.
    assertThat(children()).isEmpty();
    leftovers.awaitNone();
  }

  @EveryModel(only = IoModel.PROCESS)
  void eachConnectionHasAProcess(IoModel model) throws Exception {
    try (Server server = builder(ProcessHandlers.TELLING).start();
        Peer one = connect(server);
        Peer two = connect(server)) {
      Set<Long> pids = new TreeSet<>(Set.of(pid(one), pid(two)));
      assertThat(pids).isEqualTo(new TreeSet<>(children()));
      assertThat(one.echoes("first")).isTrue();
      assertThat(two.echoes("second")).isTrue();
      assertThat(server.connections())
          .extracting(Connection::remoteAddress)
          .containsExactlyInAnyOrder(
              one.socket().getLocalSocketAddress(), two.socket().getLocalSocketAddress());
      assertThat(server.stats().open()).isEqualTo(2);
      one.close();
      two.close();
      Await.until("both are reaped", () -> children().isEmpty());
      assertThat(server.stats().open()).isZero();
      assertThat(server.stats().receivedBytes()).isEqualTo("firstsecond".length());
      assertThat(heard.closed).extracting(reason -> reason.kind()).containsOnly(Kind.PEER_CLOSED);
    }
  }

  @EveryModel(only = IoModel.PROCESS)
  void theAnswerComesAfterAHalfClose(IoModel model) throws Exception {
    try (Server server = builder(ProcessHandlers.UPPER).start();
        Peer peer = connect(server)) {
      assertThat(peer.send("half").halfClose().receiveTextToEnd()).isEqualTo("HALF");
    }
  }

  @EveryModel(only = IoModel.PROCESS)
  void muchReachesASlowReader(IoModel model) throws Exception {
    var outbox = fivefold.net.OutboxLimits.DEFAULT.withBytes(2 * ProcessHandlers.MUCH_BYTES);
    try (Server server =
            builder(ProcessHandlers.MUCH).outbox(outbox).sendBufferBytes(8192).start();
        Peer peer = Peer.connectWithSmallBuffer(server)) {
      peer.socket().setSoTimeout((int) LONG.toMillis());
      peer.send("x");
      new Pattern(1).check(0, ByteBuffer.wrap(peer.receive(ProcessHandlers.MUCH_BYTES)));
    }
  }

  @EveryModel(only = IoModel.PROCESS)
  void aResetEndsTheProcess(IoModel model) throws Exception {
    try (Server server = builder(ProcessHandlers.TELLING).start();
        Peer peer = connect(server)) {
      pid(peer);
      peer.reset();
      Await.until("it is reaped", () -> children().isEmpty());
      assertThat(heard.closed).extracting(reason -> reason.kind()).containsOnly(Kind.PEER_RESET);
    }
  }

  @EveryModel(only = IoModel.PROCESS)
  void aHandlerThatThrowsEndsItsConnection(IoModel model) throws Exception {
    try (Server server = builder(ProcessHandlers.THROWING).start();
        Peer peer = connect(server);
        Peer other = connect(server)) {
      peer.send("x");
      assertThat(peer.receiveToEndOrReset()).isEmpty();
      Await.until("it is told", () -> heard.closed.size() == 1);
      assertThat(heard.closed.getFirst().kind()).isEqualTo(Kind.HANDLER_ERROR);
      assertThat(heard.failed)
          .singleElement()
          .asString()
          .contains("IllegalStateException: planted");
      assertThat(server.stats().handlerErrors()).isEqualTo(1);
      assertThat(server.stats().open()).isEqualTo(1);
      other.halfClose();
      assertThat(other.receiveToEnd()).isEmpty();
    }
  }

  @EveryModel(only = IoModel.PROCESS)
  void aKilledProcessTakesOnlyItsConnection(IoModel model) throws Exception {
    try (Server server = builder(ProcessHandlers.TELLING).start();
        Peer peer = connect(server);
        Peer other = connect(server)) {
      pid(other);
      kill(pid(peer));
      assertThat(peer.receiveToEndOrReset()).isEmpty();
      Await.until("it is told", () -> heard.closed.size() == 1);
      assertThat(heard.closed.getFirst().detail()).contains("was killed by signal 9");
      assertThat(heard.closed.getFirst().kind()).isEqualTo(Kind.IO_ERROR);
      assertThat(other.echoes("still here")).isTrue();
      assertThat(children()).hasSize(1);
    }
  }

  @EveryModel(only = IoModel.PROCESS)
  void connectionsBeyondTheProcessesWait(IoModel model) throws Exception {
    try (Server server = builder(ProcessHandlers.TELLING).workers(1).start();
        Peer first = connect(server);
        Peer second = connect(server)) {
      second.send("early");
      pid(first);
      assertThat(first.echoes("x")).isTrue();
      assertThat(children()).hasSize(1);
      assertThat(heard.warned).singleElement().asString().contains("all 1 processes are taken");
      assertThat(second.input().available()).isZero();
      first.close();
      pid(second);
      assertThat(second.receiveText("early".length())).isEqualTo("early");
    }
  }

  @EveryModel(only = IoModel.PROCESS)
  void connectionsBeyondTheLimitAreRefused(IoModel model) throws Exception {
    try (Server server = builder(ProcessHandlers.TELLING).connectionLimit(1).start();
        Peer first = connect(server)) {
      pid(first);
      try (Peer second = connect(server)) {
        assertThat(second.receiveToEndOrReset()).isEmpty();
      }
      Await.until("it is told", () -> heard.refused.size() == 1);
      assertThat(heard.refused.getFirst()).contains("the limit of 1 connections");
      assertThat(first.echoes("x")).isTrue();
    }
  }

  /** Also while its process is still starting, when SIGTERM would just end it. */
  @EveryModel(only = IoModel.PROCESS)
  void whatHasArrivedBeforeAStopIsAnswered(IoModel model) throws Exception {
    Server server = builder(ProcessHandlers.TELLING).start();
    try (server;
        Peer peer = connect(server)) {
      peer.send("last request");
      Await.until("it is accepted", () -> server.stats().open() == 1);
      StopReport report = server.stop(LONG);
      pid(peer);
      assertThat(peer.receiveTextToEnd()).isEqualTo("last request");
      assertThat(report.drained()).isEqualTo(1);
      assertThat(heard.closed)
          .extracting(reason -> reason.kind())
          .containsExactly(Kind.SERVER_STOPPED);
    }
  }

  @EveryModel(only = IoModel.PROCESS)
  void theDeadlineKills(IoModel model) throws Exception {
    var outbox = fivefold.net.OutboxLimits.DEFAULT.withBytes(2 * ProcessHandlers.MUCH_BYTES);
    Server server = builder(ProcessHandlers.MUCH).outbox(outbox).sendBufferBytes(8192).start();
    try (server;
        Peer deaf = Peer.connectWithSmallBuffer(server)) {
      deaf.socket().setSoTimeout((int) LONG.toMillis());
      deaf.send("x");
      deaf.receive(1);
      StopReport report = server.stop(Duration.ofMillis(500));
      assertThat(report.aborted()).isEqualTo(1);
      assertThat(report.drained()).isZero();
      assertThat(report.lostBytes()).isPositive();
      assertThat(children()).isEmpty();
      assertThat(deaf.receiveToEndOrReset().length).isLessThan(ProcessHandlers.MUCH_BYTES - 1);
      assertThat(heard.closed)
          .extracting(reason -> reason.kind())
          .containsExactly(Kind.SERVER_STOPPED);
    }
  }

  @EveryModel(only = IoModel.PROCESS)
  void processesEndWithAServerThatIsKilled(IoModel model) throws Exception {
    for (String prefork : new String[] {"0", "2"}) {
      Set<Long> workers = new HashSet<>();
      try (ChildJvm child =
          new ChildJvm(
              256,
              folder,
              TellingProcess.class,
              ProcessHandlers.class.getName(),
              "telling",
              prefork)) {
        int port = Integer.parseInt(child.awaitLine("PORT"));
        long server = Long.parseLong(child.awaitLine("PID"));
        try (Peer peer = Peer.connect(port)) {
          peer.socket().setSoTimeout((int) LONG.toMillis());
          workers.add(pid(peer));
          ProcessHandle.of(server)
              .orElseThrow()
              .children()
              .forEach(each -> workers.add(each.pid()));
          assertThat(workers).hasSize(prefork.equals("0") ? 1 : 2);
          kill(server);
          assertThat(peer.receiveToEndOrReset()).isEmpty();
        }
        workers.forEach(ProcessConformance::awaitGone);
      }
    }
  }

  @EveryModel(only = IoModel.PROCESS)
  void preforkedProcessesServeOneAfterTheOther(IoModel model) throws Exception {
    try (Server server = builder(ProcessHandlers.TELLING).prefork(2).start()) {
      Await.until("two are there", () -> children().size() == 2);
      Set<Long> workers = children();
      for (int i = 0; i < 6; i++) {
        try (Peer peer = connect(server)) {
          assertThat(workers).contains(pid(peer));
          assertThat(peer.echoes("x")).isTrue();
        }
      }
      Await.until("all have ended", () -> heard.closed.size() == 6);
      assertThat(children()).isEqualTo(workers);
      assertThat(server.stats().accepted()).isEqualTo(6);
      assertThat(server.stats().open()).isZero();
    }
  }

  @EveryModel(only = IoModel.PROCESS)
  void aPreforkedProcessThatDiesIsReplaced(IoModel model) throws Exception {
    try (Server server = builder(ProcessHandlers.TELLING).prefork(1).start();
        Peer peer = connect(server)) {
      long killed = pid(peer);
      kill(killed);
      assertThat(peer.receiveToEndOrReset()).isEmpty();
      try (Peer next = connect(server)) {
        assertThat(pid(next)).isNotEqualTo(killed);
      }
      assertThat(heard.warned)
          .first()
          .asString()
          .contains("process " + killed + " was killed by signal 9; another one starts in");
    }
  }

  @EveryModel(only = IoModel.PROCESS)
  void preforkedProcessesDrain(IoModel model) throws Exception {
    Server server = builder(ProcessHandlers.TELLING).prefork(2).start();
    try (server;
        Peer peer = connect(server)) {
      pid(peer);
      Await.until("it is reported", () -> server.stats().open() == 1);
      peer.send("last request");
      StopReport report = server.stop(LONG);
      assertThat(peer.receiveTextToEnd()).isEqualTo("last request");
      assertThat(report.drained()).isEqualTo(1);
      assertThat(report.aborted()).isZero();
    }
  }

  @EveryModel(only = IoModel.PROCESS)
  void oneProcessAnswersDatagrams(IoModel model) throws Exception {
    NamedHandlers handler = ProcessHandlers.TELLING;
    try (Server server = Server.udp(0, handler).model(model).start();
        DatagramSocket socket = new DatagramSocket()) {
      socket.setSoTimeout((int) LONG.toMillis());
      for (int i = 0; i < 3; i++) {
        socket.send(
            new DatagramPacket(new byte[1], 1, InetAddress.getLoopbackAddress(), server.port()));
        DatagramPacket answer = new DatagramPacket(new byte[64], 64);
        socket.receive(answer);
        String pid = new String(answer.getData(), 0, answer.getLength(), StandardCharsets.US_ASCII);
        assertThat(children()).containsExactly(Long.parseLong(pid));
      }
    }
  }

  @EveryModel(only = IoModel.PROCESS)
  void refusesHandlersThatCannotGoThere(IoModel model) {
    assertThatThrownBy(() -> Server.tcp(0, () -> Connection::send).model(model).start())
        .isInstanceOf(ModelUnavailableException.class)
        .hasMessageContainingAll("handlers are an object of this one", "NamedHandlers.of");
    assertThatThrownBy(() -> Server.udp(0, (peer, datagram) -> {}).model(model).start())
        .isInstanceOf(ModelUnavailableException.class);
    NamedHandlers sharing = NamedHandlers.of(ProcessHandlers.Sharing.class);
    assertThatThrownBy(() -> builder(sharing).start())
        .isInstanceOf(ModelUnavailableException.class)
        .hasMessageContaining("share the members of the room, and its processes share nothing");
    assertThatThrownBy(() -> builder(ProcessHandlers.GROUPING).start())
        .isInstanceOf(ModelUnavailableException.class)
        .hasMessageContaining("share a Group");
  }
}
