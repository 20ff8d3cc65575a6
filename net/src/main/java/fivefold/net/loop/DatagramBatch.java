package fivefold.net.loop;

import fivefold.net.DatagramOptions;
import fivefold.sys.Sockets;

/**
 * What moves the datagrams of a socket many at a time. On the loop only.
 *
 * @param arrived valid until the next receive
 * @param replies to be sent before it
 */
record DatagramBatch(ArrivedDatagrams arrived, QueuedReplies replies) {

  /** For a bound socket of the system, whose options are set. */
  static DatagramBatch of(int handle, DatagramOptions options, Counters counters) {
    // Both are wishes: a kernel that does not know them leaves datagrams as they are.
    boolean joined =
        options.receiveOffload()
            && options.batch() > 1
            && Sockets.setOption(handle, Sockets.IPPROTO_UDP, Sockets.UDP_GRO, 1) == 0;
    if (options.timestamps()) {
      Sockets.setOption(handle, Sockets.SOL_SOCKET, Sockets.SO_TIMESTAMPNS, 1);
    }
    return new DatagramBatch(
        new ArrivedDatagrams(
            handle,
            MessageCalls.KERNEL,
            options.batch(),
            options.datagramLimitBytes(),
            joined,
            options.timestamps()),
        new QueuedReplies(
            handle, MessageCalls.KERNEL, counters, options.batch(), options.peer() != null));
  }
}
