package fivefold.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import fivefold.net.Connection;
import fivefold.net.IoModel;
import fivefold.net.Server;
import fivefold.testkit.Await;
import fivefold.testkit.Crew;
import fivefold.testkit.EveryModel;
import fivefold.testkit.Leftovers;
import fivefold.testkit.Peer;
import fivefold.testkit.Recorder;
import fivefold.testkit.Servers;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Many connections, one after the other and at once. */
public class CrowdConformance {

  /** Channels, since sockets of java.net cost this side too much. */
  private static SocketChannel connect(Server server) throws Exception {
    SocketChannel channel = SocketChannel.open();
    channel.connect((InetSocketAddress) server.address());
    return channel;
  }

  private static void checkEcho(SocketChannel channel, String text) throws Exception {
    byte[] sent = text.getBytes(StandardCharsets.UTF_8);
    channel.write(ByteBuffer.wrap(sent));
    ByteBuffer received = ByteBuffer.allocate(sent.length);
    while (received.hasRemaining()) {
      if (channel.read(received) < 0) {
        throw new AssertionError("ended instead of answering " + text);
      }
    }
    assertThat(received.array()).isEqualTo(sent);
  }

  @EveryModel
  void twoThousandThatComeAndGoLeaveNothingBehind(IoModel model) throws Exception {
    int count = 2000;
    try (Server first = Server.tcp(0, () -> Connection::send).model(model).start();
        SocketChannel channel = connect(first)) {
      // Opens what stays for all that follow.
      checkEcho(channel, "first");
    }
    Leftovers before = Leftovers.before();
    try (Server server = Server.tcp(0, () -> Connection::send).model(model).start()) {
      for (int i = 0; i < count; i++) {
        try (SocketChannel channel = connect(server)) {
          if (i % 3 == 0) {
            checkEcho(channel, "number " + i);
          } else if (i % 3 == 1) {
            // RST: the quick way out for a client, and one the server must follow.
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
          }
        }
      }
      Await.until("none is open", () -> server.stats().open() == 0);
      Await.until("none is listed", () -> server.connections().isEmpty());
      // One that was reset before it was accepted may have been dropped by the kernel.
      assertThat(server.stats().accepted()).isBetween(count * 2L / 3, (long) count);
    }
    before.awaitNone();
  }

  @EveryModel
  void aThousandAtOnceAreEachAnsweredRight(IoModel model) throws Exception {
    int count = 1000;
    // In this process each costs two descriptors; select's number ends at 1024.
    int perServer = model == IoModel.SELECT ? 400 : count;
    List<SocketChannel> channels = new ArrayList<>();
    try (Server server =
        Server.tcp(0, () -> Connection::send).model(model).workers(count + 1).start()) {
      for (int i = 0; i < perServer; i++) {
        channels.add(connect(server));
      }
      for (int round = 0; round < 2; round++) {
        for (int i = 0; i < perServer; i++) {
          checkEcho(channels.get(i), "round " + round + " number " + i);
        }
      }
      // And all at once: everything is sent before anything is read.
      for (int i = 0; i < perServer; i++) {
        channels.get(i).write(ByteBuffer.wrap(new byte[] {(byte) i}));
      }
      for (int i = 0; i < perServer; i++) {
        ByteBuffer one = ByteBuffer.allocate(2);
        assertThat(channels.get(i).read(one)).isEqualTo(1);
        assertThat(one.get(0)).isEqualTo((byte) i);
      }
      assertThat(server.stats().open()).isEqualTo(perServer);
      assertThat(server.connections()).hasSize(perServer);
    } finally {
      for (SocketChannel channel : channels) {
        channel.close();
      }
    }
  }

  @EveryModel
  void severalConnectAtOnce(IoModel model) throws Exception {
    Recorder recorder = Recorder.echoing();
    try (Server server = Servers.start(model, recorder);
        Crew crew = new Crew()) {
      for (int i = 0; i < 4; i++) {
        String text = "from " + i;
        crew.start(() -> {
          for (int n = 0; n < 50; n++) {
            try (Peer peer = Peer.connect(server)) {
              assertThat(peer.echoes(text)).isTrue();
            }
          }
        });
      }
    }
    assertThat(recorder.closeReasons()).hasSize(200);
    recorder.assertSound();
  }
}
