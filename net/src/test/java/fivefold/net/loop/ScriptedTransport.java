package fivefold.net.loop;

import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;

/** Answers accept and receiveFrom as told, for errors that no real socket gives on demand. */
final class ScriptedTransport {
  /** Results to come, positive or a negative errno; the last one stays. */
  final Deque<Integer> results = new ArrayDeque<>();

  int calls;

  Transport transport() {
    return (Transport)
        Proxy.newProxyInstance(
            Transport.class.getClassLoader(),
            new Class<?>[] {Transport.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "accept" -> next();
                  case "receiveFrom" -> received((ByteBuffer) arguments[1]);
                  case "newPeerAddress" -> peer();
                  case "close" -> null;
                  case "hasMessageCalls" -> false;
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  private static Transport.PeerAddress peer() {
    return () -> new InetSocketAddress(InetAddress.getLoopbackAddress(), 9);
  }

  private int next() {
    calls++;
    return results.size() > 1 ? results.pop() : results.peek();
  }

  private int received(ByteBuffer into) {
    int result = next();
    if (result > 0) {
      into.position(into.position() + result);
    }
    return result;
  }
}
