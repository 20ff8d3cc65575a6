package fivefold.sys;

import static fivefold.sys.UringOperation.*;

/**
 * Fills in entries that {@link UringRing#nextSqe} gave, one method for each operation.
 *
 * <p>Each takes {@code flags}, a set of the IOSQE constants of {@link UringSqe}: {@link
 * UringSqe#IOSQE_FIXED_FILE} says that the descriptor is a direct one, {@link
 * UringSqe#IOSQE_CQE_SKIP_SUCCESS} that success needs no completion, {@link UringSqe#IOSQE_IO_LINK}
 * that the next entry waits for this one. Each takes {@code userData}, which comes back with every
 * completion of the request. Only the thread of the ring may call.
 *
 * <p>An entry is read when {@link UringRing#submit} or one of its kin takes it: what it points to,
 * a timespec or a msghdr with its iovecs and address, must stay until then, and bytes to be sent or
 * received until the request has completed.
 */
public final class UringPrepare {
  private UringPrepare() {}

  /** Completes with 0. */
  public static void nop(long sqe, int flags, long userData) {
    UringSqe.put(sqe, IORING_OP_NOP, flags, 0, -1, userData);
  }

  /**
   * accept4(2) again and again: a completion for each connection, whose result is its descriptor,
   * for as long as {@link UringCqe#hasMore} (5.19).
   *
   * @param socketFlags {@link Sockets#SOCK_CLOEXEC} and {@link Sockets#SOCK_NONBLOCK}, of the
   *     connections
   */
  public static void acceptMultishot(long sqe, int flags, int fd, int socketFlags, long userData) {
    int multishot = UringSqe.IORING_ACCEPT_MULTISHOT;
    UringSqe.put(sqe, IORING_OP_ACCEPT, flags, multishot, fd, userData);
    Memory.putInt(sqe + UringSqe.OPERATION_FLAGS_OFFSET, socketFlags);
  }

  /**
   * As {@link #acceptMultishot}, but the results are direct descriptors, {@link UringFiles}; {@code
   * -ENFILE} when there is none left, which ends it.
   *
   * @param socketFlags {@link Sockets#SOCK_NONBLOCK}; {@code -EINVAL} for SOCK_CLOEXEC, which
   *     direct descriptors have no use for
   */
  public static void acceptMultishotDirect(
      long sqe, int flags, int fd, int socketFlags, long userData) {
    acceptMultishot(sqe, flags, fd, socketFlags, userData);
    Memory.putInt(sqe + UringSqe.FILE_INDEX_OFFSET, UringSqe.IORING_FILE_INDEX_ALLOC);
  }

  /**
   * accept4(2), once, to a direct descriptor of the kernel's choice; {@code -ENFILE} when there is
   * none left, and then the connection is lost.
   *
   * @param sockaddr where the peer's address is put, when the request completes; or 0
   * @param sockaddrBytes address of an int: the room there, and then its length
   */
  public static void acceptDirect(
      long sqe, int flags, int fd, long sockaddr, long sockaddrBytes, long userData) {
    UringSqe.put(sqe, IORING_OP_ACCEPT, flags, 0, fd, userData);
    Memory.putLong(sqe + UringSqe.ADDR_OFFSET, sockaddr);
    Memory.putLong(sqe + UringSqe.OFF_OFFSET, sockaddrBytes);
    Memory.putInt(sqe + UringSqe.FILE_INDEX_OFFSET, UringSqe.IORING_FILE_INDEX_ALLOC);
  }

  /** socket(2) to a direct descriptor of the caller's choice (5.19). */
  public static void socketDirect(
      long sqe, int flags, int family, int type, int index, long userData) {
    UringSqe.put(sqe, IORING_OP_SOCKET, flags, 0, family, userData);
    Memory.putLong(sqe + UringSqe.OFF_OFFSET, type);
    Memory.putInt(sqe + UringSqe.FILE_INDEX_OFFSET, index + 1);
  }

  /** bind(2) (6.11). The address must stay until the entry has been taken. */
  public static void bind(
      long sqe, int flags, int fd, long sockaddr, int sockaddrBytes, long userData) {
    UringSqe.put(sqe, IORING_OP_BIND, flags, 0, fd, userData);
    Memory.putLong(sqe + UringSqe.ADDR_OFFSET, sockaddr);
    Memory.putLong(sqe + UringSqe.OFF_OFFSET, sockaddrBytes);
  }

  /** Makes an ordinary descriptor, close-on-exec, of a direct one (6.8); the result is it. */
  public static void install(long sqe, int index, long userData) {
    UringSqe.put(sqe, IORING_OP_FIXED_FD_INSTALL, UringSqe.IOSQE_FIXED_FILE, 0, index, userData);
  }

  /** setsockopt(2) (6.7). The value must stay until the entry has been taken. */
  public static void socketOption(
      long sqe, int flags, int fd, int level, int name, long value, int bytes, long userData) {
    UringSqe.put(sqe, IORING_OP_URING_CMD, flags, 0, fd, userData);
    Memory.putInt(sqe + UringSqe.COMMAND_OFFSET, UringSqe.SOCKET_URING_OP_SETSOCKOPT);
    Memory.putInt(sqe + UringSqe.OPTION_LEVEL_OFFSET, level);
    Memory.putInt(sqe + UringSqe.OPTION_NAME_OFFSET, name);
    Memory.putInt(sqe + UringSqe.OPTION_LENGTH_OFFSET, bytes);
    Memory.putLong(sqe + UringSqe.OPTION_VALUE_OFFSET, value);
  }

  /** connect(2). The address must stay until the entry has been taken. */
  public static void connect(
      long sqe, int flags, int fd, long sockaddr, int sockaddrBytes, long userData) {
    UringSqe.put(sqe, IORING_OP_CONNECT, flags, 0, fd, userData);
    Memory.putLong(sqe + UringSqe.ADDR_OFFSET, sockaddr);
    Memory.putLong(sqe + UringSqe.OFF_OFFSET, sockaddrBytes);
  }

  /** recv(2) into memory of the caller's. */
  public static void recv(
      long sqe, int flags, int fd, long address, int bytes, int messageFlags, long userData) {
    UringSqe.put(sqe, IORING_OP_RECV, flags, 0, fd, userData);
    Memory.putLong(sqe + UringSqe.ADDR_OFFSET, address);
    Memory.putInt(sqe + UringSqe.LEN_OFFSET, bytes);
    Memory.putInt(sqe + UringSqe.OPERATION_FLAGS_OFFSET, messageFlags);
  }

  /**
   * recv(2) again and again into buffers of a {@link BufferRing} (6.0): a completion for each
   * receive, for as long as {@link UringCqe#hasMore}. It ends with 0 when the peer has ended its
   * side, with {@code -ENOBUFS} when no buffer is left, and with any other error.
   *
   * @param options for ioprio: {@link UringSqe#IORING_RECVSEND_POLL_FIRST}, {@link
   *     UringSqe#IORING_RECVSEND_BUNDLE}, or 0
   */
  public static void recvMultishot(
      long sqe, int flags, int fd, int bufferGroup, int options, long userData) {
    int multishot = options | UringSqe.IORING_RECV_MULTISHOT;
    UringSqe.put(
        sqe, IORING_OP_RECV, flags | UringSqe.IOSQE_BUFFER_SELECT, multishot, fd, userData);
    Memory.putShort(sqe + UringSqe.BUF_GROUP_OFFSET, (short) bufferGroup);
  }

  /**
   * send(2).
   *
   * @param messageFlags {@link Sockets#MSG_NOSIGNAL}; with {@link Sockets#MSG_WAITALL} the kernel
   *     goes on after a short send (5.19), and with {@link Sockets#MSG_DONTWAIT} too a full socket
   *     ends it with what was sent, or {@code -EAGAIN}
   */
  public static void send(
      long sqe, int flags, int fd, long address, int bytes, int messageFlags, long userData) {
    UringSqe.put(sqe, IORING_OP_SEND, flags, 0, fd, userData);
    Memory.putLong(sqe + UringSqe.ADDR_OFFSET, address);
    Memory.putInt(sqe + UringSqe.LEN_OFFSET, bytes);
    Memory.putInt(sqe + UringSqe.OPERATION_FLAGS_OFFSET, messageFlags);
  }

  /** sendto(2): {@link #send} with the receiver's address (6.1), which need not stay. */
  public static void sendto(
      long sqe,
      int flags,
      int fd,
      long address,
      int bytes,
      int messageFlags,
      long sockaddr,
      int sockaddrBytes,
      long userData) {
    send(sqe, flags, fd, address, bytes, messageFlags, userData);
    Memory.putLong(sqe + UringSqe.OFF_OFFSET, sockaddr);
    Memory.putShort(sqe + UringSqe.ADDR_LEN_OFFSET, (short) sockaddrBytes);
  }

  /**
   * sendmsg(2).
   *
   * @param msghdr address of a {@link MessageHeader}
   */
  public static void sendmsg(
      long sqe, int flags, int fd, long msghdr, int messageFlags, long userData) {
    UringSqe.put(sqe, IORING_OP_SENDMSG, flags, 0, fd, userData);
    Memory.putLong(sqe + UringSqe.ADDR_OFFSET, msghdr);
    Memory.putInt(sqe + UringSqe.LEN_OFFSET, 1);
    Memory.putInt(sqe + UringSqe.OPERATION_FLAGS_OFFSET, messageFlags);
  }

  /** recvmsg(2), once, into what the header points to; it must stay until completion. */
  public static void recvmsg(
      long sqe, int flags, int fd, long msghdr, int messageFlags, long userData) {
    UringSqe.put(sqe, IORING_OP_RECVMSG, flags, 0, fd, userData);
    Memory.putLong(sqe + UringSqe.ADDR_OFFSET, msghdr);
    Memory.putInt(sqe + UringSqe.LEN_OFFSET, 1);
    Memory.putInt(sqe + UringSqe.OPERATION_FLAGS_OFFSET, messageFlags);
  }

  /**
   * recvmsg(2) again and again into buffers of a {@link BufferRing} (6.0), a datagram in each, laid
   * out as {@link UringDatagram} says, for as long as {@link UringCqe#hasMore}. An empty datagram
   * is delivered, but ends it: the kernel takes it for the end of a stream.
   *
   * @param msghdr address of a {@link MessageHeader} of which only the room for the sender's
   *     address and for control data counts
   * @param messageFlags {@link Sockets#MSG_TRUNC} to learn the length of what did not fit
   */
  public static void recvmsgMultishot(
      long sqe,
      int flags,
      int fd,
      long msghdr,
      int bufferGroup,
      int options,
      int messageFlags,
      long userData) {
    int multishot = options | UringSqe.IORING_RECV_MULTISHOT;
    UringSqe.put(
        sqe, IORING_OP_RECVMSG, flags | UringSqe.IOSQE_BUFFER_SELECT, multishot, fd, userData);
    Memory.putLong(sqe + UringSqe.ADDR_OFFSET, msghdr);
    Memory.putInt(sqe + UringSqe.LEN_OFFSET, 1);
    Memory.putInt(sqe + UringSqe.OPERATION_FLAGS_OFFSET, messageFlags);
    Memory.putShort(sqe + UringSqe.BUF_GROUP_OFFSET, (short) bufferGroup);
  }

  /**
   * shutdown(2).
   *
   * @param how {@link Sockets#SHUT_RD}, {@link Sockets#SHUT_WR} or {@link Sockets#SHUT_RDWR}
   */
  public static void shutdown(long sqe, int flags, int fd, int how, long userData) {
    UringSqe.put(sqe, IORING_OP_SHUTDOWN, flags, 0, fd, userData);
    Memory.putInt(sqe + UringSqe.LEN_OFFSET, how);
  }

  /** close(2). Requests on the descriptor are not cancelled by it: cancel them first. */
  public static void close(long sqe, int flags, int fd, long userData) {
    UringSqe.put(sqe, IORING_OP_CLOSE, flags, 0, fd, userData);
  }

  /** Gives a direct descriptor back, {@code -EBADF} for a free one. Takes no IOSQE_FIXED_FILE. */
  public static void closeDirect(long sqe, int flags, int index, long userData) {
    UringSqe.put(sqe, IORING_OP_CLOSE, flags, 0, 0, userData);
    Memory.putInt(sqe + UringSqe.FILE_INDEX_OFFSET, index + 1);
  }

  /**
   * Cancels what was submitted with some user data. A cancelled request completes with {@code
   * -ECANCELED} unless it was faster.
   *
   * @param target the user data
   * @param cancelFlags {@link UringSqe#IORING_ASYNC_CANCEL_ALL}, or 0 for the first that matches
   */
  public static void cancel(long sqe, int flags, long target, int cancelFlags, long userData) {
    UringSqe.put(sqe, IORING_OP_ASYNC_CANCEL, flags, 0, -1, userData);
    Memory.putLong(sqe + UringSqe.ADDR_OFFSET, target);
    Memory.putInt(sqe + UringSqe.OPERATION_FLAGS_OFFSET, cancelFlags);
  }

  /**
   * Cancels all requests on a descriptor (5.19). Its completion is their number, or {@code
   * -ENOENT}.
   *
   * @param direct whether fd is a direct descriptor (6.0)
   */
  public static void cancelDescriptor(long sqe, int flags, int fd, boolean direct, long userData) {
    UringSqe.put(sqe, IORING_OP_ASYNC_CANCEL, flags, 0, fd, userData);
    int cancelFlags = UringSqe.IORING_ASYNC_CANCEL_FD | UringSqe.IORING_ASYNC_CANCEL_ALL;
    Memory.putInt(
        sqe + UringSqe.OPERATION_FLAGS_OFFSET,
        direct ? cancelFlags | UringSqe.IORING_ASYNC_CANCEL_FD_FIXED : cancelFlags);
  }

  /**
   * poll(2), once.
   *
   * @param events a set of the POLL constants of {@link Poll}; the result is such a set
   */
  public static void poll(long sqe, int flags, int fd, int events, long userData) {
    UringSqe.put(sqe, IORING_OP_POLL_ADD, flags, 0, fd, userData);
    Memory.putInt(sqe + UringSqe.OPERATION_FLAGS_OFFSET, events);
  }

  /** poll(2) again and again, at each wake-up, for as long as {@link UringCqe#hasMore} (5.13). */
  public static void pollMultishot(long sqe, int flags, int fd, int events, long userData) {
    poll(sqe, flags, fd, events, userData);
    Memory.putInt(sqe + UringSqe.LEN_OFFSET, UringSqe.IORING_POLL_ADD_MULTI);
  }

  /**
   * Completes with {@code -ETIME} when the time has come, or with 0 after so many completions.
   *
   * @param timespec address of {@link #putTimespec}'s, on the monotonic clock
   * @param count of completions; 0 for time only
   * @param timeoutFlags the IORING_TIMEOUT constants
   */
  public static void timeout(
      long sqe, int flags, long timespec, int count, int timeoutFlags, long userData) {
    UringSqe.put(sqe, IORING_OP_TIMEOUT, flags, 0, -1, userData);
    Memory.putLong(sqe + UringSqe.ADDR_OFFSET, timespec);
    Memory.putInt(sqe + UringSqe.LEN_OFFSET, 1);
    Memory.putLong(sqe + UringSqe.OFF_OFFSET, count);
    Memory.putInt(sqe + UringSqe.OPERATION_FLAGS_OFFSET, timeoutFlags);
  }

  /** Takes a timeout back by its user data; it completes with {@code -ECANCELED} then. */
  public static void removeTimeout(long sqe, int flags, long target, long userData) {
    UringSqe.put(sqe, IORING_OP_TIMEOUT_REMOVE, flags, 0, -1, userData);
    Memory.putLong(sqe + UringSqe.ADDR_OFFSET, target);
  }

  /**
   * Posts a completion on another ring (5.18): the way for one loop to wake another.
   *
   * @param ringFd the other ring's {@link UringRing#descriptor}
   * @param result of the completion over there
   * @param data its user data over there
   */
  public static void messageRing(
      long sqe, int flags, int ringFd, int result, long data, long userData) {
    UringSqe.put(sqe, IORING_OP_MSG_RING, flags, 0, ringFd, userData);
    Memory.putLong(sqe + UringSqe.ADDR_OFFSET, UringSqe.IORING_MSG_DATA);
    Memory.putInt(sqe + UringSqe.LEN_OFFSET, result);
    Memory.putLong(sqe + UringSqe.OFF_OFFSET, data);
  }

  /** Room for {@link #putTimespec}. */
  public static final int TIMESPEC_BYTES = Timespec.BYTES;

  /** Writes a struct __kernel_timespec for {@link #timeout}. */
  public static void putTimespec(long timespec, long nanos) {
    Timespec.put(timespec, nanos);
  }
}
