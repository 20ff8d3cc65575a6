/* Upper-case echo with nothing around it: one loop over epoll(7), one buffer, recv and send. What
 * a server in Java is measured against: the kernel's own cost, and next to nothing else.
 *
 *   gcc -O3 -o epoll_echo epoll_echo.c && ./epoll_echo 0
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { EVENTS = 1024, BACKLOG = 4096, BUFFER_BYTES = 64 * 1024, PATIENCE_MILLIS = 1000 };

static char buffer[BUFFER_BYTES];

static void fail(const char *what) {
  perror(what);
  exit(1);
}

/* Without branches, so that the compiler makes vector instructions of it. */
static void upper_case(char *bytes, size_t length) {
  for (size_t i = 0; i < length; i++) {
    unsigned char c = (unsigned char)bytes[i];
    bytes[i] = (char)(c ^ (((unsigned char)(c - 'a') < 26) << 5));
  }
}

static int listen_on(uint16_t port) {
  int one = 1;
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (fd < 0) fail("socket");
  setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
  /* Inherited by what is accepted. */
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  if (bind(fd, (struct sockaddr *)&address, sizeof address) < 0) fail("bind");
  if (listen(fd, BACKLOG) < 0) fail("listen");
  return fd;
}

static uint16_t port_of(int fd) {
  struct sockaddr_in address;
  socklen_t size = sizeof address;
  if (getsockname(fd, (struct sockaddr *)&address, &size) < 0) fail("getsockname");
  return ntohs(address.sin_port);
}

static void watch(int epoll, int fd) {
  struct epoll_event event = {.events = EPOLLIN, .data.fd = fd};
  if (epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event) < 0) fail("epoll_ctl");
}

static void accept_all(int epoll, int listener) {
  for (;;) {
    int fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (fd < 0) return;
    watch(epoll, fd);
  }
}

/* A peer that does not read holds up the others for a second and is then closed: enough for a closed
 * loop, in which what is not read is never more than what was asked for. */
static int send_all(int fd, const char *bytes, size_t length) {
  while (length > 0) {
    ssize_t sent = send(fd, bytes, length, MSG_NOSIGNAL);
    if (sent < 0) {
      struct pollfd writable = {.fd = fd, .events = POLLOUT};
      if (errno != EAGAIN || poll(&writable, 1, PATIENCE_MILLIS) <= 0) return -1;
      continue;
    }
    bytes += sent;
    length -= (size_t)sent;
  }
  return 0;
}

static void echo(int fd) {
  ssize_t length = recv(fd, buffer, sizeof buffer, 0);
  if (length < 0 && errno == EAGAIN) return;
  if (length > 0) upper_case(buffer, (size_t)length);
  if (length <= 0 || send_all(fd, buffer, (size_t)length) < 0) close(fd);
}

int main(int count, char **arguments) {
  if (count != 2) {
    fprintf(stderr, "usage: %s PORT\n", arguments[0]);
    return 2;
  }
  int listener = listen_on((uint16_t)atoi(arguments[1]));
  int epoll = epoll_create1(EPOLL_CLOEXEC);
  if (epoll < 0) fail("epoll_create1");
  watch(epoll, listener);
  printf("C echo (epoll) listens on 127.0.0.1:%u\n", port_of(listener));
  fflush(stdout);

  static struct epoll_event events[EVENTS];
  for (;;) {
    int ready = epoll_wait(epoll, events, EVENTS, -1);
    if (ready < 0 && errno != EINTR) fail("epoll_wait");
    for (int i = 0; i < ready; i++) {
      int fd = events[i].data.fd;
      if (fd == listener) {
        accept_all(epoll, listener);
      } else {
        echo(fd);
      }
    }
  }
}
