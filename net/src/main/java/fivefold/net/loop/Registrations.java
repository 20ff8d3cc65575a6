package fivefold.net.loop;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A poller's table of what it watches, by descriptor. Descriptors are small numbers (the kernel
 * gives the lowest free one), so the table is an array. Not thread-safe: it belongs to one loop.
 */
public final class Registrations {
  private @Nullable Registration[] table = new Registration[64];
  private int generations;
  private int size;

  /**
   * Enters a descriptor.
   *
   * @throws IllegalStateException when it is there already
   * @throws IllegalArgumentException when it is negative
   */
  public Registration add(int descriptor, int interest, Object attachment) {
    if (descriptor < 0) {
      throw new IllegalArgumentException(
          "descriptor " + descriptor + " of " + attachment + ": expected one that is open");
    }
    if (descriptor >= table.length) {
      table = Arrays.copyOf(table, Math.max(descriptor + 1, table.length * 2));
    }
    if (table[descriptor] != null) {
      throw new IllegalStateException("descriptor " + descriptor + " is registered already");
    }
    Registration added = new Registration(descriptor, ++generations, interest, attachment);
    table[descriptor] = added;
    size++;
    return added;
  }

  /**
   * Takes a descriptor out; what is still queued for it is stale from now on.
   *
   * @throws IllegalStateException when it is not there
   */
  public Registration remove(int descriptor) {
    Registration removed = require(descriptor);
    removed.end();
    table[descriptor] = null;
    size--;
    return removed;
  }

  /** The registration of a descriptor, or null. */
  public @Nullable Registration find(int descriptor) {
    return descriptor >= 0 && descriptor < table.length ? table[descriptor] : null;
  }

  /** The same when it must be there. */
  public Registration require(int descriptor) {
    Registration found = find(descriptor);
    if (found == null) {
      throw new IllegalStateException("descriptor " + descriptor + " is not registered");
    }
    return found;
  }

  public int size() {
    return size;
  }

  /** A copy, in the order of the descriptors. */
  public Map<Integer, Registration> snapshot() {
    Map<Integer, Registration> map = new LinkedHashMap<>();
    for (Registration registration : table) {
      if (registration != null) {
        map.put(registration.descriptor(), registration);
      }
    }
    return map;
  }
}
