package fivefold.net.asynchronous;

import fivefold.sys.UringRing;

/**
 * Completions taken off the ring, all of them before any is acted upon: what a callback submits
 * cannot then run into a full queue, nor call back in the middle of another.
 */
final class Completions {
  private long[] userData = new long[1024];
  private int[] results = new int[1024];
  private int[] flags = new int[1024];
  private int size;

  void takeFrom(UringRing ring) {
    size = ring.ready();
    if (size > results.length) {
      int larger = Math.max(size, 2 * results.length);
      userData = new long[larger];
      results = new int[larger];
      flags = new int[larger];
    }
    for (int i = 0; i < size; i++) {
      userData[i] = ring.userData(i);
      results[i] = ring.result(i);
      flags[i] = ring.flags(i);
    }
    ring.advance(size);
  }

  int size() {
    return size;
  }

  long userData(int place) {
    return userData[place];
  }

  int result(int place) {
    return results[place];
  }

  int flags(int place) {
    return flags[place];
  }
}
