package fivefold.net.loop;

import static org.assertj.core.api.Assertions.assertThat;

import fivefold.net.CloseReason;
import fivefold.net.Group;
import fivefold.net.Message;
import fivefold.net.OutboxLimits;
import fivefold.net.StreamHandler;
import fivefold.net.fixture.ManualClock;
import fivefold.net.fixture.TcpPair;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A loop that this test turns by hand, so that it can look between two slices of a round. */
@Timeout(60)
final class LoopFanoutTest {
  /** More than a slice, fewer than two. */
  private static final int MANY = 300;

  private static final int SLICE = 256;

  private PollerFactory pollers;
  private Transport transport;
  private final List<Peer> peers = new ArrayList<>();
  private final Group group = new Group();
  private EventLoop loop;

  /** One end is the loop's connection, the other the test's. */
  private final class Peer {
    final TcpPair pair;
    final ReadinessConnection connection;
    final StringBuilder heard = new StringBuilder();
    CloseReason closed;

    Peer(OutboxLimits outbox) throws IOException {
      pair = new TcpPair(transport);
      StreamServing serving =
          new StreamServing(
              ConnectionOnTestThread.options(outbox, Duration.ofMinutes(10)),
              () ->
                  new StreamHandler() {
                    @Override
                    public void onReceive(fivefold.net.Connection from, ByteBuffer data) {
                      from.send(data);
                    }

                    @Override
                    public void onClose(fivefold.net.Connection from, CloseReason reason) {
                      closed = reason;
                    }
                  });
      serving.tryOpen();
      connection =
          new ReadinessConnection(
              serving,
              transport,
              loop,
              pair.near(),
              RemoteAddress.of(pair.farAddress()),
              loop.poller().isEdgeTriggered(),
              _ -> pair.giveNearAway());
      loop.execute(connection::open);
      peers.add(this);
    }

    /** All it has got until now. */
    String heard() {
      ByteBuffer bytes = ByteBuffer.allocateDirect(64 * 1024);
      while (pair.receiveFar(bytes.clear()) > 0) {
        heard.append(StandardCharsets.US_ASCII.decode(bytes.flip()));
      }
      return heard.toString();
    }
  }

  @BeforeEach
  void open() throws IOException {
    pollers = PollerFactory.best();
    transport = pollers.transport();
    loop = EventLoop.over(pollers.open(), new ManualClock());
  }

  @AfterEach
  void close() {
    peers.forEach(each -> each.connection.abort());
    loop.turn(0);
    loop.turn(0);
    loop.close();
    peers.forEach(each -> each.pair.close());
  }

  private Peer peer() throws IOException {
    return new Peer(OutboxLimits.DEFAULT);
  }

  private List<Peer> members(int count) throws IOException {
    List<Peer> members = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      members.add(peer());
    }
    loop.turn(0);
    members.forEach(each -> assertThat(group.add(each.connection)).isTrue());
    return members;
  }

  private void turns(int count) {
    for (int i = 0; i < count; i++) {
      loop.turn(0);
    }
  }

  @Test
  void aLargeGroupIsSentInSlicesAndOthersAreServedInBetween() throws Exception {
    List<Peer> members = members(MANY);
    Peer other = peer();
    loop.turn(0);

    assertThat(group.broadcast(Message.of("a"))).isEqualTo(MANY);
    loop.turn(0);
    assertThat(members).filteredOn(each -> each.heard().equals("a")).hasSize(SLICE);
    assertThat(group.backlogBytes()).isPositive();

    // What has come meanwhile is not left until the round is over.
    other.pair.sendFar("ping");
    Group small = new Group();
    small.add(other.connection);
    small.broadcast(Message.of("!"));
    loop.turn(0);
    // The echo was sent after the broadcast.
    assertThat(other.heard()).isEqualTo("!ping");
    assertThat(members).allSatisfy(each -> assertThat(each.heard()).isEqualTo("a"));
    assertThat(group.backlogBytes()).isZero();
  }

  @Test
  void whatIsSentToOneBetweenTwoBroadcastsStaysThere() throws Exception {
    List<Peer> members = members(MANY);
    group.broadcast(Message.of("a"));
    loop.turn(0);
    Peer reached = members.getFirst();
    Peer waiting = members.getLast();
    for (Peer each : List.of(reached, waiting)) {
      each.connection.send("1");
      each.connection.send(Message.of("2"));
    }
    group.broadcast(Message.of("b"));
    reached.connection.send("3");
    waiting.connection.send("3");
    turns(4);

    assertThat(reached.heard()).isEqualTo("a12b3");
    assertThat(waiting.heard()).isEqualTo("a12b3");
    assertThat(members)
        .filteredOn(each -> each != reached && each != waiting)
        .allSatisfy(each -> assertThat(each.heard()).isEqualTo("ab"));
  }

  @Test
  void whoLeavesGetsWhatWasBroadcastAndWhoComesWhatFollows() throws Exception {
    List<Peer> members = members(MANY);
    Peer late = peer();
    loop.turn(0);
    group.broadcast(Message.of("a"));
    group.add(late.connection);
    Peer leaving = members.getLast();
    Peer closing = members.get(MANY - 2);
    assertThat(group.remove(leaving.connection)).isTrue();
    assertThat(group.remove(leaving.connection)).isFalse();
    closing.connection.close();
    group.broadcast(Message.of("b"));
    turns(4);

    assertThat(leaving.heard()).isEqualTo("a");
    assertThat(closing.heard()).isEqualTo("a");
    assertThat(late.heard()).isEqualTo("b");
    assertThat(members.getFirst().heard()).isEqualTo("ab");
    assertThat(group.size()).isEqualTo(MANY - 1);
  }

  @Test
  void nobodyIsLeftOutOrServedTwiceWhenMembersLeaveDuringARound() throws Exception {
    Random random = new Random(5);
    List<Peer> members = members(MANY);
    List<Peer> staying = new ArrayList<>(members);
    StringBuilder said = new StringBuilder();
    for (char word = 'a'; word <= 'z'; word++) {
      group.broadcast(Message.of(String.valueOf(word)));
      said.append(word);
      if (random.nextBoolean()) {
        loop.turn(0);
      }
      for (int i = 0; i < 5; i++) {
        Peer gone = staying.remove(random.nextInt(staying.size()));
        group.remove(gone.connection);
      }
    }
    turns(4);

    assertThat(group.size()).isEqualTo(staying.size());
    assertThat(staying).allSatisfy(each -> assertThat(each.heard()).isEqualTo(said.toString()));
    // Those that have left got the beginning, without a gap.
    assertThat(members).allSatisfy(each -> assertThat(said.toString()).startsWith(each.heard()));
  }

  @Test
  void oneOrderOverAllGroupsOfAMember() throws Exception {
    List<Peer> members = members(MANY);
    Group second = new Group();
    Peer both = members.getLast();
    Peer onlySecond = peer();
    loop.turn(0);
    second.add(both.connection);
    second.add(onlySecond.connection);
    for (int i = 0; i < 5; i++) {
      group.broadcast(Message.of("a"));
      second.broadcast(Message.of("b"));
    }
    turns(6);

    assertThat(both.heard()).isEqualTo("ababababab");
    assertThat(onlySecond.heard()).isEqualTo("bbbbb");
    assertThat(members.getFirst().heard()).isEqualTo("aaaaa");
  }

  /** The rest of a message is kept by reference: the bytes are the same for all, to the end. */
  @Test
  void aSharedMessageComesWholeAlsoWhereTheSocketWasFull() throws Exception {
    Peer slow = new Peer(OutboxLimits.DEFAULT.withBytes(64 << 20));
    Peer quick = peer();
    loop.turn(0);
    group.add(slow.connection);
    group.add(quick.connection);
    StringBuilder said = new StringBuilder();
    Message message = null;
    byte[] bytes = new byte[4_000];
    for (int n = 0; slow.connection.outboxBytes() < 100_000; n++) {
      java.util.Arrays.fill(bytes, (byte) ('a' + n % 26));
      said.append(new String(bytes, StandardCharsets.US_ASCII));
      message = Message.of(bytes);
      group.broadcast(message);
      loop.turn(0);
      assertThat(quick.heard()).hasSize(said.length());
    }
    assertThat(message.view().remaining()).isEqualTo(bytes.length);
    ByteBuffer view = message.view();
    while (view.hasRemaining()) {
      assertThat(view.get()).isEqualTo(bytes[0]);
    }

    while (slow.heard().length() < said.length()) {
      loop.turn(1_000_000);
    }
    assertThat(slow.heard()).isEqualTo(said.toString());
    assertThat(quick.heard()).isEqualTo(said.toString());
  }

  @Test
  void oneThatDoesNotReadIsDroppedAndTheOthersHearAll() throws Exception {
    Peer slow = new Peer(OutboxLimits.DEFAULT.withBytes(16 * 1024));
    Peer quick = peer();
    loop.turn(0);
    group.add(slow.connection);
    group.add(quick.connection);
    Message message = Message.of(new byte[4_000]);
    int said = 0;
    while (slow.closed == null) {
      assertThat(said++).isLessThan(10_000);
      group.broadcast(message);
      loop.turn(0);
      assertThat(quick.heard()).hasSize(said * 4_000);
      assertThat(slow.connection.outboxBytes()).isLessThanOrEqualTo(16 * 1024 + 4_000);
    }
    assertThat(slow.closed.kind()).isEqualTo(CloseReason.Kind.SLOW_CONSUMER);
    assertThat(group.size()).isEqualTo(1);
    assertThat(group.add(slow.connection)).as("it has closed").isFalse();
  }
}
