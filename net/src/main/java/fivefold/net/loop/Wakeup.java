package fivefold.net.loop;

import fivefold.sys.Descriptors;
import fivefold.sys.EventFd;
import fivefold.sys.NativeException;
import java.io.IOException;

/** A descriptor that another thread makes readable to end a wait (eventfd(2)). */
public final class Wakeup {
  private final int descriptor;
  private boolean closed;

  public Wakeup() throws IOException {
    descriptor = EventFd.create();
    if (descriptor < 0) {
      throw NativeException.of("eventfd", descriptor);
    }
  }

  public int descriptor() {
    return descriptor;
  }

  /** Any thread; the lock keeps a late wake-up from writing to whoever has the number next. */
  public synchronized void signal() {
    if (!closed) {
      EventFd.signal(descriptor);
    }
  }

  /** Takes back what was signalled, so that the next wait waits. */
  public void drain() {
    EventFd.drain(descriptor);
  }

  public synchronized void close() {
    if (!closed) {
      closed = true;
      Descriptors.close(descriptor);
    }
  }
}
