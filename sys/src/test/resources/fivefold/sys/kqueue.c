/* A stand-in for libkqueue, enough to see that arguments and layouts arrive: it keeps one filter
   for each of a few descriptors and asks poll(2). */
#include <errno.h>
#include <poll.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>
#include <unistd.h>

struct kevent {
  uintptr_t ident;
  int16_t filter;
  uint16_t flags;
  uint32_t fflags;
  intptr_t data;
  void *udata;
};

#define KEPT 16
static struct kevent kept[KEPT];
static int count;

int kqueue(void) { return dup(0); }

int kevent(int kq, const struct kevent *changes, int changed, struct kevent *events, int max,
           const struct timespec *timeout) {
  if (kq < 0) {
    errno = EBADF;
    return -1;
  }
  for (int i = 0; i < changed; i++) {
    if (changes[i].flags & 1) {
      kept[count++] = changes[i];
    } else if (changes[i].flags & 2) {
      count--;
    }
  }
  int found = 0;
  for (int i = 0; i < count && found < max; i++) {
    short wanted = kept[i].filter == -1 ? POLLIN : POLLOUT;
    struct pollfd fd = {.fd = (int) kept[i].ident, .events = wanted};
    int millis = timeout ? (int) (timeout->tv_sec * 1000 + timeout->tv_nsec / 1000000) : -1;
    if (poll(&fd, 1, millis) == 1) {
      events[found] = kept[i];
      events[found].flags = fd.revents & POLLHUP ? 0x8000 : 0;
      events[found++].data = 42;
    }
  }
  return found;
}
