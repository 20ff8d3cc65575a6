package fivefold.lab.exhibit;

import fivefold.sys.Memory;

/** Native memory for the length of a run. */
record Block(long address, int bytes) implements AutoCloseable {

  static Block of(int bytes) {
    long address = Memory.allocate(bytes);
    Memory.setZero(address, bytes);
    return new Block(address, bytes);
  }

  @Override
  public void close() {
    Memory.free(address);
  }
}
