package fivefold.net.multiplexing;

import fivefold.net.loop.Interest;
import fivefold.net.loop.Poller;
import fivefold.net.loop.ReadyList;
import fivefold.net.loop.Registration;
import fivefold.net.loop.Registrations;
import java.io.IOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * java.nio's Selector, which is epoll, kqueue or WSAPoll underneath: multiplexing on every platform
 * of the JDK. Watches handles of its {@link NioTransport}, no foreign descriptors.
 */
final class NioPoller implements Poller {
  private final Registrations registrations = new Registrations();
  private final NioTransport transport;
  private final Selector selector;
  // One for all waits: a lambda made in poll would be garbage of each.
  private final Consumer<SelectionKey> collect = this::collect;
  private @Nullable ReadyList collecting;

  NioPoller(NioTransport transport) throws IOException {
    this.transport = transport;
    this.selector = Selector.open();
  }

  @Override
  public Registration register(int descriptor, int interest, Object attachment) throws IOException {
    Registration added = registrations.add(descriptor, interest, attachment);
    try {
      watch(transport.channel(descriptor), added);
    } catch (IOException | RuntimeException e) {
      registrations.remove(descriptor);
      throw e;
    }
    return added;
  }

  private void watch(SelectableChannel channel, Registration added) throws IOException {
    int operations = operations(channel, added.interest());
    try {
      channel.register(selector, operations, added);
    } catch (CancelledKeyException e) {
      // Unregistered since the last wait: the selector forgets a key only when it selects.
      selector.selectNow(key -> {});
      channel.register(selector, operations, added);
    }
  }

  private static int operations(SelectableChannel channel, int interest) {
    if (channel instanceof ServerSocketChannel) {
      return (interest & Interest.READ) != 0 ? SelectionKey.OP_ACCEPT : 0;
    }
    boolean connecting = channel instanceof SocketChannel socket && socket.isConnectionPending();
    int write = connecting ? SelectionKey.OP_CONNECT : SelectionKey.OP_WRITE;
    int read = connecting ? 0 : SelectionKey.OP_READ;
    return ((interest & Interest.READ) != 0 ? read : 0)
        | ((interest & Interest.WRITE) != 0 ? write : 0);
  }

  @Override
  public void modify(Registration registration, int interest) {
    registration.setInterest(interest);
    SelectableChannel channel = transport.channel(registration.descriptor());
    SelectionKey key = channel.keyFor(selector);
    if (key != null && key.isValid()) {
      key.interestOps(operations(channel, interest));
    }
  }

  @Override
  public void unregister(Registration registration) {
    registrations.remove(registration.descriptor());
    SelectionKey key = transport.channel(registration.descriptor()).keyFor(selector);
    if (key != null) {
      key.cancel();
    }
  }

  @Override
  public int poll(long timeoutNanos, ReadyList ready) throws IOException {
    ready.clear();
    collecting = ready;
    if (timeoutNanos == 0) {
      selector.selectNow(collect);
    } else {
      // 0 means forever to select; the timeout itself is never 0 here.
      selector.select(collect, Math.max(0, Timeouts.millis(timeoutNanos)));
    }
    return ready.size();
  }

  private void collect(SelectionKey key) {
    Registration registration = (Registration) key.attachment();
    if (collecting == null || registration == null || !key.isValid()) {
      return;
    }
    int operations = key.readyOps();
    int read = operations & (SelectionKey.OP_READ | SelectionKey.OP_ACCEPT);
    int write = operations & (SelectionKey.OP_WRITE | SelectionKey.OP_CONNECT);
    collecting.add(
        registration, (read != 0 ? Interest.READ : 0) | (write != 0 ? Interest.WRITE : 0));
  }

  @Override
  public void wakeup() {
    selector.wakeup();
  }

  @Override
  public @Nullable Registration find(int descriptor) {
    return registrations.find(descriptor);
  }

  @Override
  public Map<Integer, Registration> registered() {
    return registrations.snapshot();
  }

  @Override
  public void close() {
    try {
      selector.close();
    } catch (IOException e) {
      // Nothing can be done, and nothing waits any more.
    }
  }
}
