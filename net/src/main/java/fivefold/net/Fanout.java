package fivefold.net;

import org.jspecify.annotations.Nullable;

/**
 * The members of one {@link Group} that live on one loop, which goes round them with each message:
 * one task for all, and no copy for any. Engines make it; applications use the group.
 *
 * <p>Thread-safe; {@link #broadcast} does not wait for the loop.
 */
public interface Fanout {

  /** A connection whose loop may deliver to many at once. */
  interface Member extends Connection {

    /** What the members of one fan-out have in common; null when this one has no loop. */
    @Nullable Object loop();

    /** An empty fan-out for this group and those on this loop. */
    Fanout newFanout(Group group);
  }

  /** A layer that sends a message as it is, so that in a group its place is taken by the inner. */
  interface Passing extends Connection {
    /** What it sends by. */
    Connection inner();
  }

  /** Adds one of this loop; it gets what is broadcast from now on. False when it has closed. */
  boolean add(Member member);

  /**
   * Takes one out; it still gets what was broadcast until now. False when it was not a member. A
   * member that closes asks its group to take it out.
   */
  boolean remove(Member member);

  /** Whether it is a member. */
  boolean contains(Member member);

  int size();

  /**
   * Sends to every member in its own order: before what is sent to it from now on.
   *
   * @return how many members will get it, unless they close or their outbox refuses
   */
  int broadcast(Message message);

  /** What has not been round all members yet: the messages' bytes, and some for each message. */
  long backlogBytes();
}
