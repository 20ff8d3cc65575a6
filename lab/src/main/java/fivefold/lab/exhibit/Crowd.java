package fivefold.lab.exhibit;

import fivefold.sys.NativeException;
import fivefold.sys.Sockets;
import java.util.ArrayList;
import java.util.List;

/** Socket pairs on whose near ends a message can be made to wait, all at once. */
final class Crowd implements AutoCloseable {
  private final List<SocketPair> pairs = new ArrayList<>();
  private final Block message = Block.of(1);

  Crowd(int count) throws NativeException {
    for (int i = 0; i < count; i++) {
      pairs.add(SocketPair.messages());
    }
  }

  List<Integer> near() {
    return pairs.stream().map(SocketPair::near).toList();
  }

  /** Something happens on each. */
  void stir() {
    pairs.forEach(pair -> Sockets.send(pair.far(), message.address(), 1, Sockets.MSG_NOSIGNAL));
  }

  /** Takes what {@link #stir} sent. */
  void calm() {
    pairs.forEach(pair -> Sockets.recv(pair.near(), message.address(), 1, Sockets.MSG_DONTWAIT));
  }

  @Override
  public void close() {
    pairs.forEach(SocketPair::close);
    message.close();
  }
}
