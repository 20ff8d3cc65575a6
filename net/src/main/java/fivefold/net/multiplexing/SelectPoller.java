package fivefold.net.multiplexing;

import fivefold.net.loop.Interest;
import fivefold.net.loop.Poller;
import fivefold.net.loop.ReadyList;
import fivefold.net.loop.Registration;
import fivefold.net.loop.Registrations;
import fivefold.net.loop.Wakeup;
import fivefold.sys.Errno;
import fivefold.sys.Memory;
import fivefold.sys.NativeException;
import fivefold.sys.Select;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * select(2): three sets of bits, copied to the kernel and back on every wait, and looked through on
 * both sides. The sets have 1,024 bits, so that is the limit of the <i>number</i> of a descriptor,
 * not of how many are watched.
 */
final class SelectPoller implements Poller {
  private final Registrations registrations = new Registrations();
  private final Wakeup wakeup;
  // What is wanted, and what the kernel makes of it: select overwrites its arguments.
  private final long wantRead;
  private final long wantWrite;
  private final long isReadable;
  private final long isWritable;
  private int highest;

  SelectPoller() throws IOException {
    wakeup = new Wakeup();
    if (wakeup.descriptor() >= Select.FD_SETSIZE) {
      wakeup.close();
      throw beyondTheSets(wakeup.descriptor());
    }
    // Behind what may throw, since nobody would free them then.
    wantRead = Memory.allocate(Select.SET_BYTES);
    wantWrite = Memory.allocate(Select.SET_BYTES);
    isReadable = Memory.allocate(Select.SET_BYTES);
    isWritable = Memory.allocate(Select.SET_BYTES);
    highest = wakeup.descriptor();
    Select.set(wantRead, wakeup.descriptor());
  }

  @Override
  public Registration register(int descriptor, int interest, Object attachment) throws IOException {
    if (descriptor >= Select.FD_SETSIZE) {
      throw beyondTheSets(descriptor);
    }
    Registration added = registrations.add(descriptor, interest, attachment);
    highest = Math.max(highest, descriptor);
    mark(descriptor, interest);
    return added;
  }

  private static IOException beyondTheSets(int descriptor) {
    return new IOException(
        "select(2) cannot watch descriptor "
            + descriptor
            + ": its sets end at "
            + (Select.FD_SETSIZE - 1)
            + "; use poll or epoll for more connections");
  }

  private void mark(int descriptor, int interest) {
    mark(wantRead, descriptor, (interest & Interest.READ) != 0);
    mark(wantWrite, descriptor, (interest & Interest.WRITE) != 0);
  }

  private static void mark(long set, int descriptor, boolean on) {
    if (on) {
      Select.set(set, descriptor);
    } else {
      Select.clear(set, descriptor);
    }
  }

  @Override
  public void modify(Registration registration, int interest) {
    registration.setInterest(interest);
    mark(registration.descriptor(), interest);
  }

  @Override
  public void unregister(Registration registration) {
    registrations.remove(registration.descriptor());
    mark(registration.descriptor(), Interest.NONE);
    while (highest > wakeup.descriptor() && registrations.find(highest) == null) {
      highest--;
    }
  }

  @Override
  public int poll(long timeoutNanos, ReadyList ready) throws IOException {
    ready.clear();
    Select.copy(wantRead, isReadable);
    Select.copy(wantWrite, isWritable);
    int found = Select.select(highest + 1, isReadable, isWritable, 0, timeoutNanos);
    if (found < 0) {
      if (found == -Errno.EINTR) {
        return 0;
      }
      throw NativeException.of("select", found);
    }
    if (found > 0) {
      collect(ready);
    }
    return ready.size();
  }

  private void collect(ReadyList ready) {
    for (int word = 0; word <= highest >>> 6; word++) {
      long readable = Select.word(isReadable, word);
      long writable = Select.word(isWritable, word);
      for (long bits = readable | writable; bits != 0; bits &= bits - 1) {
        int bit = Long.numberOfTrailingZeros(bits);
        add((word << 6) + bit, readable >>> bit & 1, writable >>> bit & 1, ready);
      }
    }
  }

  private void add(int descriptor, long readable, long writable, ReadyList ready) {
    if (descriptor == wakeup.descriptor()) {
      wakeup.drain();
      return;
    }
    Registration registration = registrations.find(descriptor);
    if (registration != null) {
      ready.add(
          registration, (readable != 0 ? Interest.READ : 0) | (writable != 0 ? Interest.WRITE : 0));
    }
  }

  @Override
  public void wakeup() {
    wakeup.signal();
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
    wakeup.close();
    Memory.free(wantRead);
    Memory.free(wantWrite);
    Memory.free(isReadable);
    Memory.free(isWritable);
  }
}
