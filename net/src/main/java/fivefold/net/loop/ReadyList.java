package fivefold.net.loop;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What one wait has found ready. Kept by the loop and filled anew by each {@link Poller#poll}, so
 * that waiting allocates nothing.
 */
public final class ReadyList {
  private @Nullable Registration[] registrations = new Registration[64];
  private int[] events = new int[64];
  private int size;

  public void clear() {
    size = 0;
  }

  /** Adds one; for pollers. */
  public void add(Registration registration, int readyEvents) {
    if (size == events.length) {
      registrations = Arrays.copyOf(registrations, size * 2);
      events = Arrays.copyOf(events, size * 2);
    }
    registrations[size] = registration;
    events[size++] = readyEvents;
  }

  /** Adds events to an entry below {@link #size}; for pollers. */
  public void merge(int place, int moreEvents) {
    events[place] |= moreEvents;
  }

  public int size() {
    return size;
  }

  /**
   * The registration at a place below {@link #size}. Check {@link Registration#isLive}: an event
   * handled before in the same batch may have ended it.
   */
  @SuppressWarnings("NullAway") // below size there is one
  public Registration registration(int place) {
    return registrations[place];
  }

  /** Its events: bits of {@link Interest}. */
  public int events(int place) {
    return events[place];
  }
}
