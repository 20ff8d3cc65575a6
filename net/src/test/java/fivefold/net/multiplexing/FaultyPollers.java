package fivefold.net.multiplexing;

import fivefold.net.Availability;
import fivefold.net.IoModel;
import fivefold.net.loop.Poller;
import fivefold.net.loop.PollerFactory;
import fivefold.net.loop.ReadyList;
import fivefold.net.loop.Registration;
import fivefold.net.loop.Transport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Real pollers that fail when told to. */
final class FaultyPollers implements PollerFactory {
  final List<FaultyPoller> opened = new ArrayList<>();
  volatile boolean refusing;
  private final PollerFactory real;

  FaultyPollers(PollerFactory real) {
    this.real = real;
  }

  /** Every wait fails from now on. */
  void breakDown(int loop) {
    FaultyPoller poller = opened.get(loop);
    poller.broken = true;
    poller.wakeup();
  }

  final class FaultyPoller implements Poller {
    private final Poller real;
    private volatile boolean broken;

    private FaultyPoller(Poller real) {
      this.real = real;
    }

    @Override
    public Registration register(int descriptor, int interest, Object attachment)
        throws IOException {
      if (refusing) {
        throw new IOException("planted: no room to watch");
      }
      return real.register(descriptor, interest, attachment);
    }

    @Override
    public void modify(Registration registration, int interest) throws IOException {
      if (refusing) {
        throw new IOException("planted: no room to watch");
      }
      real.modify(registration, interest);
    }

    @Override
    public void unregister(Registration registration) {
      real.unregister(registration);
    }

    @Override
    public int poll(long timeoutNanos, ReadyList ready) throws IOException {
      int found = real.poll(broken ? 0 : timeoutNanos, ready);
      if (broken) {
        throw new IOException("planted: EBADF");
      }
      return found;
    }

    @Override
    public void wakeup() {
      real.wakeup();
    }

    @Override
    public Registration find(int descriptor) {
      return real.find(descriptor);
    }

    @Override
    public Map<Integer, Registration> registered() {
      return real.registered();
    }

    @Override
    public boolean isEdgeTriggered() {
      return real.isEdgeTriggered();
    }

    @Override
    public boolean isOneShot() {
      return real.isOneShot();
    }

    @Override
    public void close() {
      real.close();
    }
  }

  @Override
  public IoModel model() {
    return real.model();
  }

  @Override
  public Availability availability() {
    return real.availability();
  }

  @Override
  public Poller open() throws IOException {
    FaultyPoller poller = new FaultyPoller(real.open());
    opened.add(poller);
    return poller;
  }

  @Override
  public Transport transport() {
    return real.transport();
  }

  @Override
  public int rank() {
    return real.rank();
  }
}
