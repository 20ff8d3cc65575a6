package fivefold.net.multiplexing;

import java.nio.channels.SelectableChannel;
import java.util.BitSet;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Numbers for channels, since java.nio does not show the descriptors: as in the kernel a number is
 * the lowest free one, and is given again after closing. Thread-safe; looking up takes no lock.
 */
final class NioChannels {
  private final BitSet used = new BitSet();
  private volatile AtomicReferenceArray<@Nullable SelectableChannel> table =
      new AtomicReferenceArray<>(64);

  synchronized int add(SelectableChannel channel) {
    int handle = used.nextClearBit(0);
    used.set(handle);
    if (handle >= table.length()) {
      AtomicReferenceArray<@Nullable SelectableChannel> larger =
          new AtomicReferenceArray<>(2 * table.length());
      for (int i = 0; i < table.length(); i++) {
        larger.set(i, table.get(i));
      }
      table = larger;
    }
    table.set(handle, channel);
    return handle;
  }

  synchronized @Nullable SelectableChannel remove(int handle) {
    SelectableChannel removed = table.getAndSet(handle, null);
    used.clear(handle);
    return removed;
  }

  /**
   * The channel of a handle.
   *
   * @throws IllegalStateException when it was closed
   */
  SelectableChannel get(int handle) {
    SelectableChannel channel = table.get(handle);
    if (channel == null) {
      throw new IllegalStateException("handle " + handle + " is closed");
    }
    return channel;
  }
}
