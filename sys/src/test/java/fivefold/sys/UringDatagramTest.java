package fivefold.sys;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@NeedsUring
class UringDatagramTest {
  private static final int ROOM = SocketAddresses.INET_BYTES;

  private final Owned owned = new Owned();
  private final long memory = owned.memory(1024);
  private final long sockaddr = owned.memory(SocketAddresses.STORAGE_BYTES);
  private final int server = owned.bound(Owned.loopback(), Sockets.SOCK_DGRAM);
  private final int client = owned.bound(Owned.loopback(), Sockets.SOCK_DGRAM);

  @AfterEach
  void release() {
    owned.close();
  }

  @Test
  void comeWithTheirSenderAndAreAnswered() throws Exception {
    long msghdr = owned.memory(MessageHeader.BYTES);
    int bytes = SocketAddresses.encode(owned.nameOf(server), sockaddr);
    try (var ring = UringRing.open(8, 0, UringRing.LOOP);
        var buffers = BufferRing.register(ring, 2, 2, UringDatagram.BYTES + ROOM + 8, 0)) {
      MessageHeader.put(msghdr, 0, ROOM, 0, 0);
      arm(ring, msghdr);
      for (String text : new String[] {"one", "", "too long to fit"}) {
        assertThat(Sockets.sendto(client, memory, put(text), 0, sockaddr, bytes))
            .isEqualTo(text.length());
        UringCompletions.await(ring, 1);
        int flags = ring.flags(0);
        assertThat(UringCqe.hasMore(flags)).isEqualTo(!text.isEmpty());
        int id = UringCqe.bufferId(flags);
        long buffer = buffers.take(id, ring.result(0));
        int taken = UringDatagram.payloadBytes(ring.result(0), ROOM);
        ring.advance(1);
        if (!UringCqe.hasMore(flags)) {
          arm(ring, msghdr);
        }

        String cut = text.substring(0, Math.min(8, text.length()));
        assertThat(get(UringDatagram.payload(buffer, ROOM), taken)).isEqualTo(cut);
        assertThat(UringDatagram.sentBytes(buffer)).isEqualTo(text.length());
        assertThat(UringDatagram.flags(buffer))
            .isEqualTo(text.length() > 8 ? Sockets.MSG_TRUNC : 0);
        int senderBytes = UringDatagram.sockaddrBytes(buffer);
        long sender = UringDatagram.sockaddr(buffer);
        assertThat(SocketAddresses.decode(sender, senderBytes)).isEqualTo(owned.nameOf(client));

        long payload = UringDatagram.payload(buffer, ROOM);
        UringPrepare.sendto(ring.nextSqe(), 0, server, payload, taken, 0, sender, senderBytes, 2);
        UringCompletions.await(ring, 1);
        assertThat(ring.result(0)).isEqualTo(taken);
        ring.advance(1);
        buffers.add(id);
        buffers.publish();
        assertThat(Sockets.recv(client, memory, 100, 0)).isEqualTo(taken);
        assertThat(get(memory, taken)).isEqualTo(cut);
      }
    }
  }

  private void arm(UringRing ring, long msghdr) {
    UringPrepare.recvmsgMultishot(ring.nextSqe(), 0, server, msghdr, 2, 0, Sockets.MSG_TRUNC, 1);
    assertThat(ring.submit()).isEqualTo(1);
  }

  @Test
  void gatherAndScatterByHeaders() throws Exception {
    long iov = owned.memory(2L * Descriptors.IOV_BYTES);
    long toServer = owned.memory(MessageHeader.BYTES);
    long fromClient = owned.memory(MessageHeader.BYTES);
    long into = owned.memory(Descriptors.IOV_BYTES);
    put("gather");
    Descriptors.putIov(iov, 0, memory + 3, 3);
    Descriptors.putIov(iov, 1, memory, 3);
    Descriptors.putIov(into, 0, memory + 100, 100);
    int bytes = SocketAddresses.encode(owned.nameOf(server), sockaddr);
    MessageHeader.put(toServer, sockaddr, bytes, iov, 2);
    long sender = owned.memory(SocketAddresses.STORAGE_BYTES);
    MessageHeader.put(fromClient, sender, SocketAddresses.STORAGE_BYTES, into, 1);
    try (var ring = UringRing.open(8, 0, UringRing.LOOP)) {
      UringPrepare.recvmsg(ring.nextSqe(), 0, server, fromClient, 0, 1);
      UringPrepare.sendmsg(ring.nextSqe(), 0, client, toServer, 0, 2);
      UringCompletions.await(ring, 2);
      assertThat(ring.result(0)).isEqualTo(6);
      assertThat(ring.result(1)).isEqualTo(6);
    }
    assertThat(get(memory + 100, 6)).isEqualTo("hergat");
    assertThat(MessageHeader.flags(fromClient)).isZero();
    assertThat(SocketAddresses.decode(sender, MessageHeader.sockaddrBytes(fromClient)))
        .isEqualTo(owned.nameOf(client));
  }

  private long put(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    Memory.copy(bytes, 0, memory, bytes.length);
    return bytes.length;
  }

  private static String get(long address, int bytes) {
    byte[] text = new byte[bytes];
    Memory.copy(address, text, 0, bytes);
    return new String(text, StandardCharsets.US_ASCII);
  }
}
