package fivefold.net.loop;

import fivefold.net.Fanout;
import fivefold.net.Group;
import fivefold.net.Message;
import java.util.Arrays;

/**
 * The members of a group on one loop. A broadcast is a link in a chain; the loop goes round the
 * members in slices, a slice in each of its turns, and takes each to the end of the chain as it was
 * when the round began. So members that are late together get several messages as one send.
 */
final class LoopFanout implements Fanout {
  /**
   * So many members, then the loop's other connections: about half a millisecond of sending. Large
   * enough that a turn's own cost is nothing beside it, also where one system call submits a slice.
   */
  private static final int SLICE_MEMBERS = 256;

  private static final int FIRST_MEMBERS = 4;

  /** What a message takes besides its bytes. */
  private static final int OVERHEAD_BYTES = 128;

  private static final Message NOTHING = Message.of(new byte[0]);

  private final Group group;
  private final Loop loop;
  private final Runnable round = this::round;

  // Under this.
  private Subscription[] members = new Subscription[FIRST_MEMBERS];
  private int size;
  private Broadcast newest = new Broadcast(NOTHING);
  private boolean busy;
  private long backlogBytes;
  private long roundBytes;
  private int next;

  // The loop's.
  private Broadcast upTo = newest;
  private Subscription[] slice = new Subscription[0];

  LoopFanout(Group group, Loop loop) {
    this.group = group;
    this.loop = loop;
  }

  @Override
  public boolean add(Member member) {
    StreamConnection connection = (StreamConnection) member;
    synchronized (this) {
      Subscription added = new Subscription(group, this, connection, newest);
      if (!connection.subscriptions().add(added)) {
        return false;
      }
      if (size == members.length) {
        members = Arrays.copyOf(members, 2 * size);
      }
      added.place = size;
      members[size++] = added;
      return true;
    }
  }

  @Override
  public boolean remove(Member member) {
    StreamConnection connection = (StreamConnection) member;
    Subscription removed = connection.unsubscribe(this);
    if (removed == null) {
      return false;
    }
    synchronized (this) {
      fill(removed.place);
    }
    return true;
  }

  /**
   * The gap is filled by the last one; if the round has passed the gap and not yet the last one, by
   * way of the last that the round has passed, so that nobody is left out.
   */
  private void fill(int gap) {
    int place = gap;
    if (place < next) {
      next--;
      move(next, place);
      place = next;
    }
    size--;
    move(size, place);
    members[size] = null;
  }

  private void move(int from, int to) {
    Subscription moved = members[from];
    moved.place = to;
    members[to] = moved;
  }

  @Override
  public boolean contains(Member member) {
    return ((StreamConnection) member).subscriptions().contains(this);
  }

  @Override
  public synchronized int size() {
    return size;
  }

  @Override
  public synchronized long backlogBytes() {
    return backlogBytes;
  }

  @Override
  public int broadcast(Message message) {
    boolean starts;
    int count;
    synchronized (this) {
      count = size;
      if (count == 0 || message.size() == 0) {
        return count;
      }
      Broadcast broadcast = new Broadcast(message);
      newest.setNext(broadcast);
      newest = broadcast;
      backlogBytes += OVERHEAD_BYTES + message.size();
      starts = !busy;
      busy = true;
    }
    if (starts) {
      loop.execute(round);
    }
    return count;
  }

  /** One slice. On the loop. */
  private void round() {
    int count = take();
    try {
      for (int i = 0; i < count; i++) {
        slice[i].connection.deliver(slice[i], upTo);
      }
    } finally {
      Arrays.fill(slice, 0, count, null);
      if (goesOn()) {
        loop.tasks().continueLater(round);
      }
    }
  }

  private synchronized int take() {
    if (next == 0) {
      upTo = newest;
      roundBytes = backlogBytes;
    }
    int count = Math.min(SLICE_MEMBERS, size - next);
    if (slice.length < count) {
      slice = new Subscription[Math.min(SLICE_MEMBERS, members.length)];
    }
    System.arraycopy(members, next, slice, 0, count);
    next += count;
    return count;
  }

  private synchronized boolean goesOn() {
    if (next < size) {
      return true;
    }
    next = 0;
    backlogBytes -= roundBytes;
    busy = !upTo.equals(newest);
    return busy;
  }
}
