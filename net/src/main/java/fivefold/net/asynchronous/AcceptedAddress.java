package fivefold.net.asynchronous;

import fivefold.net.loop.RemoteAddress;
import fivefold.sys.Memory;
import fivefold.sys.SocketAddresses;
import java.nio.ByteBuffer;

/** Where the kernel puts the address of a peer while it accepts. */
final class AcceptedAddress {
  // The buffer keeps the memory alive.
  private final ByteBuffer buffer =
      ByteBuffer.allocateDirect(SocketAddresses.STORAGE_BYTES + Integer.BYTES);
  private final long memory = Memory.address(buffer);

  long address() {
    return memory;
  }

  long lengthAddress() {
    return memory + SocketAddresses.STORAGE_BYTES;
  }

  void reset() {
    Memory.putInt(lengthAddress(), SocketAddresses.STORAGE_BYTES);
  }

  RemoteAddress keep() {
    int length = Memory.getInt(lengthAddress());
    long packed = SocketAddresses.packInet4(memory, length);
    return packed >= 0
        ? new RemoteAddress.Inet4(packed)
        : RemoteAddress.of(SocketAddresses.decode(memory, length));
  }
}
