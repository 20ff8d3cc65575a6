package fivefold.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import fivefold.net.CloseReason;
import fivefold.net.Connection;
import fivefold.net.Group;
import fivefold.net.IoModel;
import fivefold.net.Message;
import fivefold.net.Server;
import fivefold.net.StreamHandler;
import fivefold.testkit.Await;
import fivefold.testkit.EveryModel;
import fivefold.testkit.Numbered;
import fivefold.testkit.Peer;
import fivefold.testkit.Recorder;
import fivefold.testkit.Servers;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** A {@link Group} hears the same, in order. */
public class BroadcastConformance {

  /** Joins when it opens, and tells the group what it receives. */
  private record Chatting(Group group) implements StreamHandler {
    @Override
    public void onOpen(Connection connection) {
      group.add(connection);
    }

    @Override
    public void onReceive(Connection connection, ByteBuffer data) {
      group.broadcast(Message.copyOf(data));
    }

    @Override
    public void onClose(Connection connection, CloseReason reason) {
      group.remove(connection);
    }
  }

  @EveryModel
  void everyMemberHearsEverythingInOrder(IoModel model) throws Exception {
    int members = 20;
    int messages = 300;
    Group group = new Group();
    Recorder recorder = new Recorder(() -> new Chatting(group));
    List<Peer> peers = new ArrayList<>();
    try (Server server = Servers.recorded(model, recorder).workers(members).start()) {
      for (int i = 0; i < members; i++) {
        peers.add(Peer.connect(server));
      }
      Await.until("all have joined", () -> group.size() == members);
      for (int n = 0; n < messages; n++) {
        assertThat(group.broadcast(Message.copyOf(new Numbered(0, n, 100).encoded())))
            .isEqualTo(members);
      }
      for (Peer peer : peers) {
        assertThat(Numbered.read(peer.input(), messages).stream().map(Numbered::number))
            .containsExactlyElementsOf(IntStream.range(0, messages).boxed().toList());
      }
      for (Peer peer : peers) {
        peer.close();
      }
      Await.until("all have left", () -> group.size() == 0);
    }
    recorder.assertSound();
  }

  @EveryModel
  void aHandlerSpeaksToTheGroupItIsIn(IoModel model) throws Exception {
    Group group = new Group();
    Recorder recorder = new Recorder(() -> new Chatting(group));
    try (Server server = Servers.start(model, recorder);
        Peer one = Peer.connect(server);
        Peer two = Peer.connect(server)) {
      Await.until("both have joined", () -> group.size() == 2);
      for (int i = 0; i < 50; i++) {
        one.send("hello");
        assertThat(one.receiveText(5)).isEqualTo("hello");
        assertThat(two.receiveText(5)).isEqualTo("hello");
        two.send("world");
        assertThat(one.receiveText(5)).isEqualTo("world");
        assertThat(two.receiveText(5)).isEqualTo("world");
      }
    }
    recorder.assertSound();
  }

  @EveryModel
  void aMemberThatHasClosedLeavesByItself(IoModel model) throws Exception {
    Group group = new Group();
    Recorder recorder = Recorder.silent();
    try (Server server = Servers.start(model, recorder);
        Peer gone = Peer.connect(server);
        Peer staying = Peer.connect(server)) {
      group.add(recorder.connection(0).connection());
      group.add(recorder.connection(1).connection());
      gone.close();
      Await.until(
          "it is closed",
          () -> recorder.connection(0).isClosed() || recorder.connection(1).isClosed());
      assertThat(group.broadcast(Message.of("still here"))).isEqualTo(1);
      assertThat(group.size()).isEqualTo(1);
      assertThat(staying.receiveText(10)).isEqualTo("still here");
    }
    recorder.assertSound();
  }

  /** Whatever the loops have yet to go round with. */
  @EveryModel
  void whatIsSentAfterABroadcastComesAfterIt(IoModel model) throws Exception {
    int members = 8;
    int times = 200;
    Group all = new Group();
    Group some = new Group();
    Recorder recorder = Recorder.silent();
    List<Peer> peers = new ArrayList<>();
    try (Server server = Servers.recorded(model, recorder).workers(members).start()) {
      for (int i = 0; i < members; i++) {
        peers.add(Peer.connect(server));
      }
      Await.until("all have come", () -> server.stats().open() == members);
      List<Connection> connections = server.connections();
      connections.forEach(all::add);
      connections.subList(0, members / 2).forEach(some::add);
      StringBuilder toSome = new StringBuilder();
      StringBuilder toOthers = new StringBuilder();
      for (int n = 0; n < times; n++) {
        String word = Integer.toString(n);
        all.broadcast(Message.of("a" + word));
        connections.forEach(each -> each.send("s" + word));
        some.broadcast(Message.of("b" + word));
        all.broadcast(Message.of("c" + word));
        toSome.append("a" + word + "s" + word + "b" + word + "c" + word);
        toOthers.append("a" + word + "s" + word + "c" + word);
      }
      connections.forEach(Connection::close);
      List<String> heard = new ArrayList<>();
      for (Peer peer : peers) {
        heard.add(peer.receiveTextToEnd());
        peer.close();
      }
      assertThat(heard).filteredOn(toSome.toString()::equals).hasSize(members / 2);
      assertThat(heard).filteredOn(toOthers.toString()::equals).hasSize(members - members / 2);
    }
    recorder.assertSound();
  }

  /** One that does not read is cut off, and the others do not notice. */
  @EveryModel
  void aDeafMemberDoesNotHoldUpTheOthers(IoModel model) throws Exception {
    int messages = 3000;
    Group group = new Group();
    Recorder recorder = new Recorder(() -> new Chatting(group));
    try (Server server = Servers.recorded(model, recorder).sendBufferBytes(8192).start();
        Peer deaf = Peer.connectWithSmallBuffer(server);
        Peer attentive = Peer.connect(server)) {
      Await.until("both have joined", () -> group.size() == 2);
      Message message = Message.of(new byte[1000]);
      for (int n = 0; n < messages; n += 100) {
        for (int i = 0; i < 100; i++) {
          assertThat(group.broadcast(message)).isPositive();
        }
        assertThat(attentive.receive(100 * 1000)).hasSize(100_000);
      }
      assertThat(group.size()).isEqualTo(1);
      // Cut off at once, told of it by its own thread.
      Await.until("it has been told", () -> !recorder.closeReasons().isEmpty());
      assertThat(recorder.closeReasons())
          .extracting(CloseReason::kind)
          .containsExactly(CloseReason.Kind.SLOW_CONSUMER);
      deaf.receiveToEndOrReset();
    }
    recorder.assertSound();
  }
}
