/* Closed-loop load on an upper-case echo server, with nothing around it: one thread, epoll(7), one
 * request in flight on each connection, every reply compared byte for byte. What the load generator
 * in Java is measured against.
 *
 *   gcc -O3 -o echo_load echo_load.c
 *   ./echo_load -P PORT -c CONNECTIONS -s BYTES -w WARM-UP -t SECONDS
 *
 * Prints one line of JSON: rps, requests per second of the window; cli_us, CPU time of this process
 * for each; core0 and core1, how busy the first two processors were; errors.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum {
  EVENTS = 1024,
  MESSAGE_LIMIT = 1 << 18,
  PERIOD = 65537, /* prime: messages of no size fall on the same places each time */
  STRIDE = 40503,
  BUCKETS_PER_OCTAVE = 64,
  OCTAVES = 64
};

struct connection {
  int fd;
  size_t place;   /* in the stream, of the reply that is due */
  size_t unsent;  /* bytes of the request under way */
  size_t missing; /* bytes of its reply */
  int64_t began;
};

static char request[PERIOD + MESSAGE_LIMIT], due[PERIOD + MESSAGE_LIMIT], inbox[MESSAGE_LIMIT];
static uint64_t latency[OCTAVES][BUCKETS_PER_OCTAVE];
static size_t message;
static int epoll;
static uint64_t answered, errors;

static void fail(const char *what) {
  perror(what);
  exit(1);
}

static int64_t nanos(clockid_t clock) {
  struct timespec now;
  clock_gettime(clock, &now);
  return now.tv_sec * INT64_C(1000000000) + now.tv_nsec;
}

static void record(int64_t taken) {
  uint64_t value = taken < BUCKETS_PER_OCTAVE ? BUCKETS_PER_OCTAVE : (uint64_t)taken;
  int octave = 63 - __builtin_clzll(value);
  latency[octave][(value >> (octave - 6)) % BUCKETS_PER_OCTAVE]++;
}

/* Hundredths of a second that the processor was at work, proc_stat(5). */
static double busy_ticks(int processor) {
  FILE *stat = fopen("/proc/stat", "r");
  char line[512], name[16];
  double busy = 0;
  snprintf(name, sizeof name, "cpu%d ", processor);
  while (stat && fgets(line, sizeof line, stat)) {
    if (strncmp(line, name, strlen(name)) != 0) continue;
    double user, nice, system, idle, wait, hard, soft;
    if (sscanf(line + strlen(name), "%lf %lf %lf %lf %lf %lf %lf", &user, &nice, &system, &idle, &wait,
               &hard, &soft) == 7)
      busy = user + nice + system + hard + soft;
  }
  if (stat) fclose(stat);
  return busy;
}

static void watch(struct connection *it, int operation, uint32_t events) {
  struct epoll_event event = {.events = events, .data.ptr = it};
  if (epoll_ctl(epoll, operation, it->fd, &event) < 0) fail("epoll_ctl");
}

static void send_rest(struct connection *it, int watched) {
  size_t from = it->place % PERIOD + (message - it->unsent);
  ssize_t sent = send(it->fd, request + from, it->unsent, MSG_NOSIGNAL);
  if (sent < 0 && errno != EAGAIN) {
    errors++;
    return;
  }
  it->unsent -= sent > 0 ? (size_t)sent : 0;
  if (it->unsent > 0 && !watched) watch(it, EPOLL_CTL_MOD, EPOLLIN | EPOLLOUT);
  if (it->unsent == 0 && watched) watch(it, EPOLL_CTL_MOD, EPOLLIN);
}

static void begin(struct connection *it, int64_t now) {
  it->began = now;
  it->unsent = it->missing = message;
  send_rest(it, 0);
}

static void receive(struct connection *it, int counting) {
  ssize_t length = recv(it->fd, inbox, sizeof inbox, 0);
  if (length < 0 && errno == EAGAIN) return;
  if (length <= 0 || (size_t)length > it->missing) {
    errors++;
    watch(it, EPOLL_CTL_DEL, 0);
    return;
  }
  if (memcmp(inbox, due + it->place % PERIOD + (message - it->missing), (size_t)length)) errors++;
  it->missing -= (size_t)length;
  if (it->missing > 0) return;
  int64_t now = nanos(CLOCK_MONOTONIC);
  if (counting) {
    record(now - it->began);
    answered++;
  }
  it->place += message;
  begin(it, now);
}

static void connect_to(struct connection *it, uint16_t port) {
  int one = 1;
  struct sockaddr_in server = {.sin_family = AF_INET, .sin_port = htons(port)};
  server.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  it->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (it->fd < 0) fail("socket");
  if (connect(it->fd, (struct sockaddr *)&server, sizeof server) < 0) fail("connect");
  setsockopt(it->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  if (fcntl(it->fd, F_SETFL, O_NONBLOCK) < 0) fail("fcntl");
  watch(it, EPOLL_CTL_ADD, EPOLLIN);
}

static void make_stream(void) {
  uint32_t state = 1;
  for (size_t i = 0; i < sizeof request; i++) {
    state = state * 1664525 + 1013904223;
    unsigned char any = (unsigned char)(state >> 24);
    /* A quarter is any byte at all, the others a server has to change. */
    request[i] = i >= PERIOD ? request[i - PERIOD] : (char)(state >> 22 & 3 ? 'a' + any % 26 : any);
    due[i] = request[i] >= 'a' && request[i] <= 'z' ? (char)(request[i] - 32) : request[i];
  }
}

static void turns(int64_t until, int counting) {
  static struct epoll_event events[EVENTS];
  while (nanos(CLOCK_MONOTONIC) < until) {
    int ready = epoll_wait(epoll, events, EVENTS, 20);
    if (ready < 0 && errno != EINTR) fail("epoll_wait");
    for (int i = 0; i < ready; i++) {
      struct connection *it = events[i].data.ptr;
      if (events[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR)) receive(it, counting);
      if (events[i].events & EPOLLOUT && it->unsent > 0) send_rest(it, 1);
    }
  }
}

int main(int count, char **arguments) {
  int port = 0, option;
  long connections = 1;
  double warmup = 1, seconds = 1;
  message = 64;
  while ((option = getopt(count, arguments, "P:c:s:w:t:")) != -1) {
    if (option == 'P') port = atoi(optarg);
    else if (option == 'c') connections = atol(optarg);
    else if (option == 's') message = (size_t)atol(optarg);
    else if (option == 'w') warmup = atof(optarg);
    else if (option == 't') seconds = atof(optarg);
    else return 2;
  }
  if (port < 1 || connections < 1 || message < 1 || message > MESSAGE_LIMIT) {
    fprintf(stderr, "usage: %s -P PORT [-c CONNECTIONS] [-s BYTES] [-w WARM-UP] [-t SECONDS]\n", arguments[0]);
    return 2;
  }
  struct rlimit limit;
  getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
  make_stream();
  epoll = epoll_create1(EPOLL_CLOEXEC);
  struct connection *all = calloc((size_t)connections, sizeof *all);
  if (epoll < 0 || !all) fail("setting up");
  for (long i = 0; i < connections; i++) {
    connect_to(&all[i], (uint16_t)port);
    all[i].place = (size_t)i * STRIDE % PERIOD;
  }
  for (long i = 0; i < connections; i++) begin(&all[i], nanos(CLOCK_MONOTONIC));
  turns(nanos(CLOCK_MONOTONIC) + (int64_t)(warmup * 1e9), 0);

  double core0 = busy_ticks(0), core1 = busy_ticks(1);
  int64_t cpu = nanos(CLOCK_PROCESS_CPUTIME_ID), start = nanos(CLOCK_MONOTONIC);
  turns(start + (int64_t)(seconds * 1e9), 1);
  cpu = nanos(CLOCK_PROCESS_CPUTIME_ID) - cpu;
  double window = (double)(nanos(CLOCK_MONOTONIC) - start) / 1e9;
  core0 = (busy_ticks(0) - core0) / 100 / window;
  core1 = (busy_ticks(1) - core1) / 100 / window;
  printf("{\"rps\":%.0f,\"cli_us\":%.3f,\"core0\":%.3f,\"core1\":%.3f,\"errors\":%llu}\n", (double)answered / window,
         answered ? (double)cpu / 1e3 / (double)answered : 0, core0, core1, (unsigned long long)errors);
  return errors || !answered;
}
