package fivefold.sys;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every constant, struct size and offset against the C compiler; those of io_uring have a test of
 * their own.
 */
class ConstantsTest {
  @TempDir Path directory;

  private static final List<Class<?>> CLASSES =
      List.of(
          Children.class,
          ControlMessages.class,
          Descriptors.class,
          Epoll.class,
          Errno.class,
          EventFd.class,
          Limits.class,
          MemoryMap.class,
          MessageHeader.class,
          MessageHeaders.class,
          PeerCredential.class,
          PerfEvents.class,
          Poll.class,
          Processes.class,
          Select.class,
          Signals.class,
          SocketAddresses.class,
          Sockets.class,
          Spawn.class,
          TimerFd.class,
          Timespec.class);

  private static final String HEADERS =
      """
      #define _GNU_SOURCE
      #include <errno.h>
      #include <fcntl.h>
      #include <limits.h>
      #include <linux/perf_event.h>
      #include <linux/sockios.h>
      #include <netinet/in.h>
      #include <netinet/tcp.h>
      #include <netinet/udp.h>
      #include <poll.h>
      #include <signal.h>
      #include <spawn.h>
      #include <stddef.h>
      #include <sys/epoll.h>
      #include <sys/eventfd.h>
      #include <sys/ioctl.h>
      #include <sys/mman.h>
      #include <sys/prctl.h>
      #include <sys/resource.h>
      #include <sys/select.h>
      #include <sys/socket.h>
      #include <sys/syscall.h>
      #include <sys/time.h>
      #include <sys/timerfd.h>
      #include <sys/uio.h>
      #include <sys/un.h>
      #include <sys/wait.h>
      #include <time.h>
      """;

  /** What a constant is in C, where that is not its own name. */
  private static final Map<String, String> EXPRESSIONS =
      Map.ofEntries(
          Map.entry("ControlMessages.HEADER_BYTES", "sizeof(struct cmsghdr)"),
          Map.entry("ControlMessages.LENGTH_OFFSET", "offsetof(struct cmsghdr, cmsg_len)"),
          Map.entry("ControlMessages.LEVEL_OFFSET", "offsetof(struct cmsghdr, cmsg_level)"),
          Map.entry("ControlMessages.TYPE_OFFSET", "offsetof(struct cmsghdr, cmsg_type)"),
          Map.entry("Descriptors.IOV_BYTES", "sizeof(struct iovec)"),
          Map.entry("Descriptors.IOV_BASE_OFFSET", "offsetof(struct iovec, iov_base)"),
          Map.entry("Descriptors.IOV_LENGTH_OFFSET", "offsetof(struct iovec, iov_len)"),
          Map.entry("Descriptors.OWNER_BYTES", "sizeof(struct f_owner_ex)"),
          Map.entry("Descriptors.OWNER_ID_OFFSET", "offsetof(struct f_owner_ex, pid)"),
          Map.entry("Epoll.CTL_ADD", "EPOLL_CTL_ADD"),
          Map.entry("Epoll.CTL_DEL", "EPOLL_CTL_DEL"),
          Map.entry("Epoll.CTL_MOD", "EPOLL_CTL_MOD"),
          Map.entry("Epoll.EVENT_BYTES", "sizeof(struct epoll_event)"),
          Map.entry("Epoll.EVENTS_OFFSET", "offsetof(struct epoll_event, events)"),
          Map.entry("Epoll.DATA_OFFSET", "offsetof(struct epoll_event, data)"),
          Map.entry("Limits.RLIMIT_BYTES", "sizeof(struct rlimit)"),
          Map.entry("Limits.SOFT_OFFSET", "offsetof(struct rlimit, rlim_cur)"),
          Map.entry("Limits.HARD_OFFSET", "offsetof(struct rlimit, rlim_max)"),
          Map.entry("MessageHeader.BYTES", "sizeof(struct msghdr)"),
          Map.entry("MessageHeader.NAME_OFFSET", "offsetof(struct msghdr, msg_name)"),
          Map.entry("MessageHeader.NAME_BYTES_OFFSET", "offsetof(struct msghdr, msg_namelen)"),
          Map.entry("MessageHeader.IOV_OFFSET", "offsetof(struct msghdr, msg_iov)"),
          Map.entry("MessageHeader.IOV_COUNT_OFFSET", "offsetof(struct msghdr, msg_iovlen)"),
          Map.entry("MessageHeader.CONTROL_OFFSET", "offsetof(struct msghdr, msg_control)"),
          Map.entry(
              "MessageHeader.CONTROL_BYTES_OFFSET", "offsetof(struct msghdr, msg_controllen)"),
          Map.entry("MessageHeader.FLAGS_OFFSET", "offsetof(struct msghdr, msg_flags)"),
          Map.entry("MessageHeaders.BYTES", "sizeof(struct mmsghdr)"),
          Map.entry("MessageHeaders.LENGTH_OFFSET", "offsetof(struct mmsghdr, msg_len)"),
          Map.entry("PeerCredential.BYTES", "sizeof(struct ucred)"),
          Map.entry("PeerCredential.PID_OFFSET", "offsetof(struct ucred, pid)"),
          Map.entry("PeerCredential.UID_OFFSET", "offsetof(struct ucred, uid)"),
          Map.entry("PeerCredential.GID_OFFSET", "offsetof(struct ucred, gid)"),
          Map.entry("PerfEvents.TYPE_OFFSET", "offsetof(struct perf_event_attr, type)"),
          Map.entry("PerfEvents.SIZE_OFFSET", "offsetof(struct perf_event_attr, size)"),
          Map.entry("PerfEvents.CONFIG_OFFSET", "offsetof(struct perf_event_attr, config)"),
          Map.entry("Poll.ENTRY_BYTES", "sizeof(struct pollfd)"),
          Map.entry("Poll.EVENTS_OFFSET", "offsetof(struct pollfd, events)"),
          Map.entry("Poll.RETURNED_OFFSET", "offsetof(struct pollfd, revents)"),
          Map.entry("Select.SET_BYTES", "sizeof(fd_set)"),
          Map.entry("Select.WORDS", "sizeof(fd_set) / sizeof(fd_mask)"),
          Map.entry("Signals.SET_BYTES", "sizeof(sigset_t)"),
          Map.entry("Signals.INFO_BYTES", "sizeof(siginfo_t)"),
          Map.entry("Signals.SIGNAL_OFFSET", "offsetof(siginfo_t, si_signo)"),
          Map.entry("Signals.CODE_OFFSET", "offsetof(siginfo_t, si_code)"),
          Map.entry("Signals.BAND_OFFSET", "offsetof(siginfo_t, si_band)"),
          Map.entry("Signals.FD_OFFSET", "offsetof(siginfo_t, si_fd)"),
          Map.entry("SocketAddresses.STORAGE_BYTES", "sizeof(struct sockaddr_storage)"),
          Map.entry("SocketAddresses.FAMILY_OFFSET", "offsetof(struct sockaddr, sa_family)"),
          Map.entry("SocketAddresses.PORT_OFFSET", "offsetof(struct sockaddr_in6, sin6_port)"),
          Map.entry("SocketAddresses.INET_BYTES", "sizeof(struct sockaddr_in)"),
          Map.entry(
              "SocketAddresses.INET_ADDRESS_OFFSET", "offsetof(struct sockaddr_in, sin_addr)"),
          Map.entry("SocketAddresses.INET6_BYTES", "sizeof(struct sockaddr_in6)"),
          Map.entry(
              "SocketAddresses.INET6_ADDRESS_OFFSET", "offsetof(struct sockaddr_in6, sin6_addr)"),
          Map.entry(
              "SocketAddresses.INET6_SCOPE_OFFSET", "offsetof(struct sockaddr_in6, sin6_scope_id)"),
          Map.entry("SocketAddresses.UNIX_BYTES", "sizeof(struct sockaddr_un)"),
          Map.entry("SocketAddresses.UNIX_PATH_OFFSET", "offsetof(struct sockaddr_un, sun_path)"),
          Map.entry(
              "SocketAddresses.UNIX_PATH_BYTES",
              "sizeof(((struct sockaddr_un *) 0)->sun_path) - 1"),
          Map.entry("Sockets.LINGER_BYTES", "sizeof(struct linger)"),
          Map.entry("Sockets.LINGER_SECONDS_OFFSET", "offsetof(struct linger, l_linger)"),
          Map.entry("Sockets.TIMEVAL_BYTES", "sizeof(struct timeval)"),
          Map.entry("Sockets.TIMEVAL_MICROS_OFFSET", "offsetof(struct timeval, tv_usec)"),
          Map.entry("Spawn.ACTIONS_BYTES", "sizeof(posix_spawn_file_actions_t)"),
          Map.entry("Spawn.ATTRIBUTES_BYTES", "sizeof(posix_spawnattr_t)"),
          Map.entry("TimerFd.ITIMERSPEC_BYTES", "sizeof(struct itimerspec)"),
          Map.entry("TimerFd.INTERVAL_OFFSET", "offsetof(struct itimerspec, it_interval)"),
          Map.entry("TimerFd.FIRST_OFFSET", "offsetof(struct itimerspec, it_value)"),
          Map.entry("Timespec.BYTES", "sizeof(struct timespec)"),
          Map.entry("Timespec.SECONDS_OFFSET", "offsetof(struct timespec, tv_sec)"),
          Map.entry("Timespec.NANOS_OFFSET", "offsetof(struct timespec, tv_nsec)"));

  @ParameterizedTest
  @EnumSource
  void areThoseOfTheCompiler(CCompiler compiler) throws Exception {
    compiler.assumeThere();
    List<String> assertions = new ArrayList<>();
    constants(compiler.architecture())
        .forEach(
            (name, value) -> assertions.add(CConstants.assertion(name, expression(name), value)));
    assertThat(compiler.complaints(directory, HEADERS, assertions)).isEmpty();
  }

  @Test
  void aWrongConstantIsFound() throws Exception {
    CCompiler.OF_THIS_MACHINE.assumeThere();
    String wrong = CConstants.assertion("Sockets.AF_INET6", "AF_INET6", 11);
    assertThat(CCompiler.OF_THIS_MACHINE.complaints(directory, HEADERS, List.of(wrong)))
        .contains("Sockets.AF_INET6");
  }

  @Test
  void everyExpressionBelongsToAConstant() throws Exception {
    assertThat(constants(Platform.architecture()))
        .containsKeys(EXPRESSIONS.keySet().toArray(new String[0]));
  }

  private static String expression(String name) {
    return EXPRESSIONS.getOrDefault(name, CConstants.inC(name));
  }

  private static Map<String, Long> constants(Architecture architecture) throws Exception {
    Map<String, Long> constants = CConstants.of(CLASSES);
    constants.remove("Limits.UNLIMITED"); // ours
    constants.put(
        "PerfEvents.SYS_perf_event_open", (long) PerfEvents.systemCallNumber(architecture));
    int eventBytes = Epoll.eventBytes(architecture);
    constants.put("Epoll.EVENT_BYTES", (long) eventBytes);
    constants.put("Epoll.DATA_OFFSET", (long) eventBytes - Long.BYTES);
    return constants;
  }
}
