package fivefold.net.asynchronous;

import java.util.Arrays;

/**
 * The sends of a ring's present submission: where the bytes of each stand, and its entry in the
 * queue. Kept here and not with their connections, most of which have none; a connection keeps the
 * number of its last one. Belongs to one thread.
 */
final class TurnSends {
  /** For a connection that has none. */
  static final int NONE = -1;

  private static final int SOME = 64;

  private int[] owners = new int[SOME];
  private long[] addresses = new long[SOME];
  private int[] lengths = new int[SOME];
  private long[] entries = new long[SOME];
  private long[] batches = new long[SOME];
  private int over;
  private int end;

  /**
   * One more.
   *
   * @param owner the place of its connection
   * @param entry its entry in the submission queue, which may be changed during this batch
   * @return its number
   */
  int add(int owner, long address, int bytes, long entry, long batch) {
    if (end == owners.length) {
      int larger = 2 * end;
      owners = Arrays.copyOf(owners, larger);
      addresses = Arrays.copyOf(addresses, larger);
      lengths = Arrays.copyOf(lengths, larger);
      entries = Arrays.copyOf(entries, larger);
      batches = Arrays.copyOf(batches, larger);
    }
    owners[end] = owner;
    addresses[end] = address;
    lengths[end] = bytes;
    entries[end] = entry;
    batches[end] = batch;
    return end++;
  }

  /** Whether this one is the owner's and not yet submitted, or what became of it not yet known. */
  boolean isUnderWay(int number, int owner) {
    return number >= over && number < end && owners[number] == owner;
  }

  long address(int number) {
    return addresses[number];
  }

  int bytes(int number) {
    return lengths[number];
  }

  long entry(int number) {
    return entries[number];
  }

  long batch(int number) {
    return batches[number];
  }

  void lengthen(int number, int bytes) {
    lengths[number] += bytes;
  }

  /** All have been submitted, and so carried out: none of them waits. */
  void submitted() {
    over = end;
  }

  /** What came short has been told: their memory is used again. */
  void clear() {
    if (over == end) {
      over = 0;
      end = 0;
    }
  }
}
