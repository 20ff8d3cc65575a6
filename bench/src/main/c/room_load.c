/*
 * Members of a chat room: one says something, and the clock runs until the last has it.
 *
 *   room_load PORT MEMBERS SLOW PID
 *
 * connects so many members to 127.0.0.1, of which the last SLOW read nothing, and two more that go
 * to a room of their own. Then it takes commands, a line each, and answers each by a line:
 *
 *   say COUNT INTERVAL_MS OTHERS   COUNT messages, one at a time; with OTHERS 1 the other room talks
 *                                  meanwhile, a message a millisecond
 *   notice SECONDS                 waits until a member is told that somebody was dropped
 *
 * PID is the server's: its processor time is taken over a command. Every byte is compared with what
 * the first member got, but for the time at the beginning of a message.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { TEXT = 100, TIME = 19, BUFFER = 65536, EVENTS = 256, OTHERS_EVERY = 32, GIVE_UP_S = 5 };

static int poller, members, reading, *fds, *got;
static clockid_t serverClock;
static char buffer[BUFFER], expected[1024];
static int length; /* of a message as members get it */
static unsigned number;
static long wrong;

/* The other room: one of two speaks, both hear it. */
static int otherPoller, other[2], otherGot, otherLength;
static double otherSince, otherNext;
static float *otherTimes;
static long otherCount, otherMost;

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec + t.tv_nsec * 1e-9;
}

static double serverCpu(void) {
  struct timespec t;
  return clock_gettime(serverClock, &t) ? -1 : t.tv_sec + t.tv_nsec * 1e-9;
}

static void fail(const char *what) {
  fprintf(stderr, "room_load: %s: %s\n", what, strerror(errno));
  exit(1);
}

static int join(int port, int slow) {
  int fd = socket(AF_INET, SOCK_STREAM, 0), one = 1, little = 2048;
  struct sockaddr_in to = {.sin_family = AF_INET,
                           .sin_port = htons(port),
                           .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  if (fd < 0) fail("socket");
  if (slow) setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &little, sizeof little);
  if (connect(fd, (void *)&to, sizeof to)) fail("connect");
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  return fd;
}

static void watch(int in, int fd, int index) {
  struct epoll_event e = {.events = EPOLLIN, .data.u32 = index};
  if (epoll_ctl(in, EPOLL_CTL_ADD, fd, &e)) fail("epoll_ctl");
}

/* Reads and drops until nothing has come for so long. */
static void drain(int in, const int *of, double quiet) {
  struct epoll_event e[EVENTS];
  double last = now();
  while (now() - last < quiet) {
    int n = epoll_wait(in, e, EVENTS, 10);
    for (int i = 0; i < n; i++) {
      if (recv(of[e[i].data.u32], buffer, BUFFER, MSG_DONTWAIT) > 0) last = now();
    }
  }
}

static void say(int fd, unsigned n) {
  char text[TEXT + 1];
  memset(text, 'm', TEXT);
  text[snprintf(text, TEXT, "%08u", n)] = ' ';
  text[TEXT - 1] = '\n';
  if (send(fd, text, TEXT, MSG_NOSIGNAL) != TEXT) fail("send");
}

/* What one message is for those who get it. */
static int learn(int fd, char *into, int room) {
  double end = now() + GIVE_UP_S;
  int have = 0;
  say(fd, 0);
  while (now() < end && (have < TEXT || into[have - 1] != '\n')) {
    ssize_t r = recv(fd, into + have, room - have, MSG_DONTWAIT);
    if (r > 0) have += r;
    if (r == 0) break;
  }
  if (have < TEXT) fail("the room says nothing");
  return have;
}

static void otherRoom(void) {
  struct epoll_event e[2];
  double t = now();
  if (otherSince == 0) {
    if (t < otherNext) return;
    otherSince = t;
    otherGot = 0;
    say(other[0], 1);
  }
  int n = epoll_wait(otherPoller, e, 2, 0);
  for (int i = 0; i < n; i++) {
    ssize_t r = recv(other[e[i].data.u32], buffer, BUFFER, MSG_DONTWAIT);
    if (r > 0) otherGot += r;
  }
  if (otherGot >= 2 * otherLength) {
    t = now();
    if (otherCount < otherMost) otherTimes[otherCount++] = (t - otherSince) * 1e6;
    otherSince = 0;
    otherNext = t + 1e-3;
  }
}

static void check(int member, ssize_t count) {
  int at = got[member];
  int skip = at < TIME ? TIME - at : 0;
  if (at + count > length) wrong++;
  else if (skip < count && memcmp(buffer + skip, expected + at + skip, count - skip)) wrong++;
}

/* One message; the time until the last has it, and into each the time of each member. */
static double deliver(float *each, int others, long *lost) {
  struct epoll_event e[EVENTS];
  long left = (long)reading * length;
  int done = 0;
  memset(got, 0, members * sizeof *got);
  snprintf(buffer, 16, "%08u", ++number);
  memcpy(expected + length - TEXT, buffer, 8);
  double start = now(), end = start;
  say(fds[0], number);
  while (left > 0) {
    if (others) otherRoom();
    int n = epoll_wait(poller, e, EVENTS, 0);
    if (n == 0 && now() - start > GIVE_UP_S) break;
    for (int i = 0; i < n; i++) {
      int member = e[i].data.u32;
      ssize_t r = recv(fds[member], buffer, BUFFER, MSG_DONTWAIT);
      if (r > 0) {
        check(member, r);
        got[member] += r;
        left -= r;
        if (got[member] >= length) each[done++] = ((end = now()) - start) * 1e6;
      }
      if (others && i % OTHERS_EVERY == OTHERS_EVERY - 1) otherRoom();
    }
  }
  *lost += reading - done;
  while (done < reading) each[done++] = GIVE_UP_S * 1e6;
  return end - start;
}

static int ascending(const void *a, const void *b) {
  float d = *(const float *)a - *(const float *)b;
  return d < 0 ? -1 : d > 0;
}

static float at(const float *sorted, long n, double part) {
  return n == 0 ? 0 : sorted[(long)((n - 1) * part)];
}

static void sayMany(int count, int intervalMillis, int others) {
  float *lasts = calloc(count, sizeof *lasts), *all = calloc((long)count * reading, sizeof *all);
  long lost = 0, n = (long)count * reading;
  wrong = 0;
  otherCount = 0;
  double before = serverCpu();
  for (int i = 0; i < count; i++) {
    double start = now();
    lasts[i] = deliver(all + (long)i * reading, others, &lost) * 1e6;
    double until = start + intervalMillis * 1e-3;
    while (others && otherSince != 0 && now() < start + GIVE_UP_S) otherRoom();
    double left = until - now();
    if (left > 0) usleep(left * 1e6);
  }
  double cpu = serverCpu() - before;
  qsort(lasts, count, sizeof *lasts, ascending);
  qsort(all, n, sizeof *all, ascending);
  qsort(otherTimes, otherCount, sizeof *otherTimes, ascending);
  printf("last50 %.0f last90 %.0f lastMax %.0f each50 %.0f each99 %.0f eachMax %.0f cpu %.4f"
         " lost %ld wrong %ld others %ld other50 %.0f other99 %.0f otherMax %.0f\n",
         at(lasts, count, .5), at(lasts, count, .9), at(lasts, count, 1), at(all, n, .5),
         at(all, n, .99), at(all, n, 1), cpu * 1e6 / n, lost, wrong, otherCount,
         at(otherTimes, otherCount, .5), at(otherTimes, otherCount, .99),
         at(otherTimes, otherCount, 1));
  free(lasts);
  free(all);
}

/* The notice, as the second member gets it. */
static void notice(double seconds) {
  double end = now() + seconds;
  struct epoll_event e[EVENTS];
  char line[512] = "";
  while (now() < end && !*line) {
    int n = epoll_wait(poller, e, EVENTS, 100);
    for (int i = 0; i < n; i++) {
      ssize_t r = recv(fds[e[i].data.u32], buffer, BUFFER - 1, MSG_DONTWAIT);
      if (r > 0) {
        buffer[r] = 0;
        char *found = strstr(buffer, " dropped: ");
        if (found && e[i].data.u32 == 1) {
          snprintf(line, sizeof line, "%.500s", buffer);
        }
      }
    }
  }
  drain(poller, fds, .5);
  line[strcspn(line, "\n")] = 0;
  printf("%s\n", *line ? line : "none");
}

int main(int argc, char **argv) {
  if (argc != 5) {
    fprintf(stderr, "usage: room_load PORT MEMBERS SLOW PID\n");
    return 2;
  }
  int port = atoi(argv[1]), slow = atoi(argv[3]);
  members = atoi(argv[2]);
  reading = members - slow;
  struct rlimit limit;
  getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
  if (clock_getcpuclockid(atoi(argv[4]), &serverClock)) fail("the server's clock");
  poller = epoll_create1(0);
  otherPoller = epoll_create1(0);
  fds = calloc(members, sizeof *fds);
  got = calloc(members, sizeof *got);
  otherMost = 1 << 20;
  otherTimes = calloc(otherMost, sizeof *otherTimes);
  for (int i = 0; i < members; i++) {
    fds[i] = join(port, i >= reading);
    if (i < reading) watch(poller, fds[i], i);
  }
  const char *move = "/join other\n/leave lobby\n";
  for (int i = 0; i < 2; i++) {
    other[i] = join(port, 0);
    watch(otherPoller, other[i], i);
    if (send(other[i], move, strlen(move), MSG_NOSIGNAL) < 0) fail("send");
  }
  drain(otherPoller, other, 1);
  char spare[1024];
  otherLength = learn(other[0], spare, sizeof spare);
  drain(otherPoller, other, .3);
  length = learn(fds[0], expected, sizeof expected);
  drain(poller, fds, .5);
  printf("ready %d\n", length);
  fflush(stdout);

  char command[128];
  while (fgets(command, sizeof command, stdin)) {
    int count, interval, others;
    double seconds;
    if (sscanf(command, "say %d %d %d", &count, &interval, &others) == 3) {
      sayMany(count, interval, others);
    } else if (sscanf(command, "notice %lf", &seconds) == 1) {
      notice(seconds);
    } else {
      printf("unknown command\n");
    }
    fflush(stdout);
  }
  return 0;
}
