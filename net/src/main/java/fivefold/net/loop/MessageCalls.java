package fivefold.net.loop;

import fivefold.sys.Sockets;

/** The two calls that move many datagrams at once; a test has others, that fail when told to. */
interface MessageCalls {
  /** recvmmsg(2), never blocking: how many, or a negative errno. */
  int receive(int handle, long headers, int count);

  /** sendmmsg(2), never blocking: how many, or a negative errno. */
  int send(int handle, long headers, int count);

  /** Those of the kernel. */
  MessageCalls KERNEL =
      new MessageCalls() {
        @Override
        public int receive(int handle, long headers, int count) {
          return Sockets.recvmmsg(handle, headers, count, Sockets.MSG_DONTWAIT);
        }

        @Override
        public int send(int handle, long headers, int count) {
          return Sockets.sendmmsg(
              handle, headers, count, Sockets.MSG_DONTWAIT | Sockets.MSG_NOSIGNAL);
        }
      };
}
