package fivefold.sys;

/**
 * Sockets: Internet v4 and v6, and Unix.
 *
 * <p>Results are what the call returns, or {@code -errno}; {@code -EAGAIN} is a value like any
 * other. Any thread may call. On a blocking socket {@link #accept4}, {@link #connect}, {@link
 * #recv}, {@link #send}, {@link #recvfrom} and {@link #sendto} block: never call them on a virtual
 * thread then, for they would hold its carrier.
 *
 * <p>The constants are those of Linux's generic ABI, the same on x86-64 and aarch64. Addresses of
 * peers are written and read by {@link SocketAddresses}.
 *
 * <pre>{@code
 * int fd = Sockets.socket(Sockets.AF_INET, Sockets.SOCK_STREAM | Sockets.SOCK_NONBLOCK, 0);
 * int bytes = SocketAddresses.encode(new InetSocketAddress("127.0.0.1", 7007), memory);
 * int result = Sockets.bind(fd, memory, bytes);
 * }</pre>
 */
public final class Sockets {
  public static final int AF_UNSPEC = 0;
  public static final int AF_UNIX = 1;
  public static final int AF_INET = 2;
  public static final int AF_INET6 = 10;

  public static final int SOCK_STREAM = 1;
  public static final int SOCK_DGRAM = 2;
  public static final int SOCK_SEQPACKET = 5;
  public static final int SOCK_NONBLOCK = 0x800;
  public static final int SOCK_CLOEXEC = 0x80000;

  /** The longest backlog listen(2) takes here; the kernel cuts it to net.core.somaxconn. */
  public static final int SOMAXCONN = 4096;

  public static final int MSG_OOB = 0x1;
  public static final int MSG_PEEK = 0x2;
  public static final int MSG_CTRUNC = 0x8;
  public static final int MSG_TRUNC = 0x20;
  public static final int MSG_DONTWAIT = 0x40;
  public static final int MSG_WAITALL = 0x100;
  public static final int MSG_NOSIGNAL = 0x4000;
  public static final int MSG_MORE = 0x8000;
  public static final int MSG_WAITFORONE = 0x10000;
  public static final int MSG_CMSG_CLOEXEC = 0x40000000;

  public static final int SHUT_RD = 0;
  public static final int SHUT_WR = 1;
  public static final int SHUT_RDWR = 2;

  public static final int SOL_SOCKET = 1;
  public static final int SO_REUSEADDR = 2;
  public static final int SO_TYPE = 3;
  public static final int SO_ERROR = 4;
  public static final int SO_BROADCAST = 6;
  public static final int SO_SNDBUF = 7;
  public static final int SO_RCVBUF = 8;
  public static final int SO_KEEPALIVE = 9;
  public static final int SO_LINGER = 13;
  public static final int SO_REUSEPORT = 15;
  public static final int SO_PEERCRED = 17;
  public static final int SO_RCVTIMEO = 20;
  public static final int SO_SNDTIMEO = 21;
  public static final int SO_ACCEPTCONN = 30;
  public static final int SO_TIMESTAMPNS = 35;
  public static final int SO_DOMAIN = 39;
  public static final int SO_RXQ_OVFL = 40;
  public static final int SO_BUSY_POLL = 46;
  public static final int SO_INCOMING_CPU = 49;

  public static final int IPPROTO_IP = 0;
  public static final int IPPROTO_TCP = 6;
  public static final int IPPROTO_UDP = 17;
  public static final int IPPROTO_IPV6 = 41;

  public static final int IPV6_V6ONLY = 26;

  /** Bytes of each datagram into which what is sent is cut, Linux 4.18, udp(7). */
  public static final int UDP_SEGMENT = 103;

  /** Datagrams of one sender may come joined, Linux 5.0, udp(7). */
  public static final int UDP_GRO = 104;

  public static final int TCP_NODELAY = 1;
  public static final int TCP_CORK = 3;
  public static final int TCP_KEEPIDLE = 4;
  public static final int TCP_KEEPINTVL = 5;
  public static final int TCP_KEEPCNT = 6;
  public static final int TCP_DEFER_ACCEPT = 9;
  public static final int TCP_QUICKACK = 12;
  public static final int TCP_USER_TIMEOUT = 18;
  public static final int TCP_FASTOPEN = 23;

  /** struct linger: l_onoff and l_linger, an int each. */
  public static final int LINGER_BYTES = 8;

  static final int LINGER_SECONDS_OFFSET = 4;

  /** struct timeval: seconds and microseconds, 8 bytes each. */
  static final int TIMEVAL_BYTES = 16;

  static final int TIMEVAL_MICROS_OFFSET = 8;

  private static final SystemCall SOCKET = SystemCall.of("socket");
  private static final SystemCall BIND = SystemCall.of("bind");
  private static final SystemCall CONNECT = SystemCall.of("connect");
  private static final SystemCall LISTEN = SystemCall.of("listen");
  private static final SystemCall ACCEPT4 = SystemCall.of("accept4");
  private static final SystemCall RECV = SystemCall.of("recv");
  private static final SystemCall SEND = SystemCall.of("send");
  private static final SystemCall SHUTDOWN = SystemCall.of("shutdown");
  private static final SystemCall SETSOCKOPT = SystemCall.of("setsockopt");
  private static final SystemCall GETSOCKOPT = SystemCall.of("getsockopt");
  private static final SystemCall GETSOCKNAME = SystemCall.of("getsockname");
  private static final SystemCall GETPEERNAME = SystemCall.of("getpeername");

  private Sockets() {}

  /**
   * socket(2).
   *
   * @param domain {@link #AF_INET}, {@link #AF_INET6} or {@link #AF_UNIX}
   * @param type {@link #SOCK_STREAM} or {@link #SOCK_DGRAM}, with {@link #SOCK_NONBLOCK} and {@link
   *     #SOCK_CLOEXEC} as wanted
   * @param protocol 0 for the domain's usual one
   * @return the descriptor
   */
  public static int socket(int domain, int type, int protocol) {
    return SOCKET.once(domain, type, protocol);
  }

  /**
   * socketpair(2): two connected Unix sockets.
   *
   * @param type as for {@link #socket}
   * @param addressOfTwoInts where the descriptors are stored
   */
  public static int socketpair(int type, long addressOfTwoInts) {
    return SystemCall.of("socketpair").once(AF_UNIX, type, 0, addressOfTwoInts);
  }

  /** bind(2). */
  public static int bind(int fd, long sockaddr, int bytes) {
    return BIND.once(fd, sockaddr, bytes);
  }

  /**
   * connect(2). {@code -EINPROGRESS} on a nonblocking socket, and {@code -EINTR} on a blocking one,
   * mean that it goes on: wait until the socket is writable, then ask {@link #SO_ERROR}. Therefore
   * it is not repeated here. On a Unix socket {@code -EAGAIN} means that the backlog is full.
   */
  public static int connect(int fd, long sockaddr, int bytes) {
    return CONNECT.once(fd, sockaddr, bytes);
  }

  /** listen(2). */
  public static int listen(int fd, int backlog) {
    return LISTEN.once(fd, backlog);
  }

  /**
   * accept4(2), repeated when interrupted. On Linux it also returns errors that belong to the
   * connection just taken off, {@code -ECONNABORTED} or {@code -EPROTO} among them: go on
   * accepting.
   *
   * @param sockaddr where the peer's address is stored, or 0
   * @param addressOfLength an int: the room at sockaddr, then what was needed; or 0
   * @param flags {@link #SOCK_NONBLOCK}, {@link #SOCK_CLOEXEC}
   * @return the descriptor of the connection
   */
  public static int accept4(int fd, long sockaddr, long addressOfLength, int flags) {
    return ACCEPT4.repeat(fd, sockaddr, addressOfLength, flags);
  }

  /**
   * recv(2), repeated when interrupted.
   *
   * @return bytes received, 0 when the peer has ended its side
   */
  public static long recv(int fd, long address, long bytes, int flags) {
    return RECV.repeat(fd, address, bytes, flags);
  }

  /**
   * send(2), repeated when interrupted.
   *
   * @return bytes taken by the kernel, possibly fewer than given
   */
  public static long send(int fd, long address, long bytes, int flags) {
    return SEND.repeat(fd, address, bytes, flags);
  }

  /**
   * recvfrom(2), repeated when interrupted. A datagram that does not fit is cut; with {@link
   * #MSG_TRUNC} the result is its whole length all the same.
   *
   * @param sockaddr where the sender's address is stored, or 0
   * @param addressOfLength an int: the room at sockaddr, then the length of the address; or 0
   */
  public static long recvfrom(
      int fd, long address, long bytes, int flags, long sockaddr, long addressOfLength) {
    return Datagrams.RECVFROM.repeat(fd, address, bytes, flags, sockaddr, addressOfLength);
  }

  /**
   * sendto(2), repeated when interrupted.
   *
   * @param sockaddr the receiver's address
   * @param sockaddrBytes its length
   */
  public static long sendto(
      int fd, long address, long bytes, int flags, long sockaddr, int sockaddrBytes) {
    return Datagrams.SENDTO.repeat(fd, address, bytes, flags, sockaddr, sockaddrBytes);
  }

  /**
   * sendmsg(2), repeated when interrupted.
   *
   * @param msghdr a {@link MessageHeader}
   */
  public static long sendmsg(int fd, long msghdr, int flags) {
    return Messages.SENDMSG.repeat(fd, msghdr, flags);
  }

  /** recvmsg(2), repeated when interrupted; what came with the bytes is in the header then. */
  public static long recvmsg(int fd, long msghdr, int flags) {
    return Messages.RECVMSG.repeat(fd, msghdr, flags);
  }

  /**
   * sendmmsg(2), repeated when interrupted: several datagrams by one call.
   *
   * @param headers an array as {@link MessageHeaders} lays it out
   * @return how many were sent, which may be fewer; an error only when it met the first
   */
  public static int sendmmsg(int fd, long headers, int count, int flags) {
    return Messages.SENDMMSG.repeat(fd, headers, count, flags);
  }

  /** recvmmsg(2) without a timeout, repeated when interrupted: as {@link #sendmmsg}. */
  public static int recvmmsg(int fd, long headers, int count, int flags) {
    return Messages.RECVMMSG.repeat(fd, headers, count, flags);
  }

  /**
   * shutdown(2).
   *
   * @param how {@link #SHUT_RD}, {@link #SHUT_WR} or {@link #SHUT_RDWR}
   */
  public static int shutdown(int fd, int how) {
    return SHUTDOWN.once(fd, how);
  }

  /**
   * setsockopt(2) for the options that are an int, socket(7), tcp(7), ipv6(7). The kernel doubles
   * {@link #SO_SNDBUF} and {@link #SO_RCVBUF} and cuts them to net.core.wmem_max and rmem_max.
   */
  public static int setOption(int fd, int level, int option, int value) {
    CallState state = CallState.take();
    try {
      Memory.putInt(state.struct(), value);
      return SETSOCKOPT.once(fd, level, option, state.struct(), Integer.BYTES);
    } finally {
      state.release();
    }
  }

  /**
   * getsockopt(2) for the options that are an int and never negative. {@link #SO_ERROR} is cleared
   * by being read.
   */
  public static int getOption(int fd, int level, int option) {
    CallState state = CallState.take();
    try {
      long length = state.struct() + Integer.BYTES;
      Memory.putInt(length, Integer.BYTES);
      int result = GETSOCKOPT.once(fd, level, option, state.struct(), length);
      return result < 0 ? result : Memory.getInt(state.struct());
    } finally {
      state.release();
    }
  }

  /**
   * SO_LINGER, socket(7). On with 0 seconds makes close(2) reset the connection and drop what was
   * not sent.
   */
  public static int setLinger(int fd, boolean on, int seconds) {
    CallState state = CallState.take();
    try {
      putLinger(state.struct(), on, seconds);
      return SETSOCKOPT.once(fd, SOL_SOCKET, SO_LINGER, state.struct(), LINGER_BYTES);
    } finally {
      state.release();
    }
  }

  /** Writes the value of SO_LINGER, for {@link UringPrepare#socketOption}. */
  public static void putLinger(long address, boolean on, int seconds) {
    Memory.putInt(address, on ? 1 : 0);
    Memory.putInt(address + LINGER_SECONDS_OFFSET, seconds);
  }

  /**
   * SO_RCVTIMEO, socket(7): after so long without data a blocking recv, recvfrom or accept4 returns
   * {@code -EAGAIN}. A call that a signal interrupts starts its time anew.
   *
   * @param nanos rounded up to microseconds; 0 waits for ever
   */
  public static int setReceiveTimeout(int fd, long nanos) {
    return setTimeout(fd, SO_RCVTIMEO, nanos);
  }

  /** SO_SNDTIMEO, socket(7): as {@link #setReceiveTimeout}, for send, sendto and connect. */
  public static int setSendTimeout(int fd, long nanos) {
    return setTimeout(fd, SO_SNDTIMEO, nanos);
  }

  private static int setTimeout(int fd, int option, long nanos) {
    long micros = Math.ceilDiv(nanos, 1_000L);
    CallState state = CallState.take();
    try {
      Memory.putLong(state.struct(), micros / 1_000_000);
      Memory.putLong(state.struct() + TIMEVAL_MICROS_OFFSET, micros % 1_000_000);
      return SETSOCKOPT.once(fd, SOL_SOCKET, option, state.struct(), TIMEVAL_BYTES);
    } finally {
      state.release();
    }
  }

  /**
   * SO_PEERCRED, unix(7): who connected, or who listens, at the time of connect(2) or listen(2).
   *
   * @param ucred where a {@link PeerCredential} is stored
   */
  public static int getPeerCredential(int fd, long ucred) {
    CallState state = CallState.take();
    try {
      Memory.putInt(state.struct(), PeerCredential.BYTES);
      return GETSOCKOPT.once(fd, SOL_SOCKET, SO_PEERCRED, ucred, state.struct());
    } finally {
      state.release();
    }
  }

  /**
   * getsockname(2).
   *
   * @param addressOfLength an int: the room at sockaddr, then the length of the address
   */
  public static int getsockname(int fd, long sockaddr, long addressOfLength) {
    return GETSOCKNAME.once(fd, sockaddr, addressOfLength);
  }

  /** getpeername(2), as {@link #getsockname}. */
  public static int getpeername(int fd, long sockaddr, long addressOfLength) {
    return GETPEERNAME.once(fd, sockaddr, addressOfLength);
  }

  /** Only who passes descriptors, or many datagrams by one call, links these. */
  private static final class Messages {
    static final SystemCall SENDMSG = SystemCall.of("sendmsg");
    static final SystemCall RECVMSG = SystemCall.of("recvmsg");
    static final SystemCall SENDMMSG = SystemCall.of("sendmmsg");
    static final SystemCall RECVMMSG = SystemCall.of("recvmmsg");
  }

  /** A stream server links neither. */
  private static final class Datagrams {
    static final SystemCall RECVFROM = SystemCall.of("recvfrom");
    static final SystemCall SENDTO = SystemCall.of("sendto");
  }
}
