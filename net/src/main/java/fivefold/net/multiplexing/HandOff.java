package fivefold.net.multiplexing;

import fivefold.net.loop.EventHandler;
import fivefold.net.loop.Interest;
import fivefold.net.loop.Registration;
import org.jspecify.annotations.Nullable;

/** Stands for a connection on the loop: passes each event on to the connection's strand. */
final class HandOff implements EventHandler {
  private final EventHandler handler;
  private final PoolStrand strand;
  // Made once, so that passing an event on allocates only the place in the queue.
  private final Runnable read;
  private final Runnable write;
  private volatile @Nullable Registration registration;

  HandOff(EventHandler handler, PoolStrand strand) {
    this.handler = handler;
    this.strand = strand;
    this.read = guarded(handler::read);
    this.write = guarded(handler::write);
  }

  private interface Event {
    void happen() throws Exception;
  }

  private static Runnable guarded(Event event) {
    return () -> {
      try {
        event.happen();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    };
  }

  EventHandler handler() {
    return handler;
  }

  @Nullable Registration registration() {
    return registration;
  }

  void setRegistration(@Nullable Registration made) {
    registration = made;
  }

  int wanted() {
    return (wantsRead() ? Interest.READ : 0) | (wantsWrite() ? Interest.WRITE : 0);
  }

  @Override
  public boolean rearmsItself() {
    return true;
  }

  @Override
  public int descriptor() {
    return handler.descriptor();
  }

  @Override
  public boolean wantsRead() {
    return handler.wantsRead();
  }

  @Override
  public boolean wantsWrite() {
    return handler.wantsWrite();
  }

  @Override
  public void read() {
    strand.execute(read);
  }

  @Override
  public void write() {
    strand.execute(write);
  }

  @Override
  public void hangup() {
    strand.execute(guarded(handler::hangup));
  }

  @Override
  public void offLoop(Throwable why) {
    strand.execute(() -> handler.offLoop(why));
  }

  @Override
  public String toString() {
    return handler.toString();
  }
}
