/* A kqueue for tests, by the manual page of FreeBSD and over epoll: EVFILT_READ and EVFILT_WRITE,
   EV_ADD and EV_DELETE, level-triggered. What else is asked gives EINVAL. */
#define _GNU_SOURCE
#include <errno.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
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

enum { EV_ADD = 1, EV_DELETE = 2, EV_EOF = 0x8000, DESCRIPTORS = 1 << 20, BATCH = 1024 };

/* What is watched of one descriptor: for reading 1, for writing 2. */
struct note {
  int watched;
  void *udata[2];
};

/* By the descriptor of the kqueue; calloc gives pages only to what is touched. */
static struct note *queues[DESCRIPTORS];

int kqueue(void) {
  int kq = epoll_create1(EPOLL_CLOEXEC);
  if (kq < 0) {
    return -1;
  }
  free(queues[kq]); /* of a kqueue that was closed */
  queues[kq] = calloc(DESCRIPTORS, sizeof(struct note));
  if (queues[kq] == NULL) {
    close(kq);
    errno = ENOMEM;
    return -1;
  }
  return kq;
}

static int control(int kq, int fd, int before, int after) {
  struct epoll_event event = {.data.fd = fd};
  event.events = (after & 1 ? EPOLLIN | EPOLLRDHUP : 0) | (after & 2 ? EPOLLOUT : 0);
  if (after == 0) {
    return epoll_ctl(kq, EPOLL_CTL_DEL, fd, NULL);
  }
  if (before != 0 && (epoll_ctl(kq, EPOLL_CTL_MOD, fd, &event) == 0 || errno != ENOENT)) {
    return 0;
  }
  /* New, or its number had been closed: then a kqueue forgets what was watched. */
  return epoll_ctl(kq, EPOLL_CTL_ADD, fd, &event);
}

static int change(int kq, const struct kevent *wanted) {
  if (wanted->ident >= DESCRIPTORS) {
    errno = EBADF;
    return -1;
  }
  int bit = wanted->filter == -1 ? 1 : wanted->filter == -2 ? 2 : 0;
  if (bit == 0 || (wanted->flags != EV_ADD && wanted->flags != EV_DELETE)) {
    errno = EINVAL;
    return -1;
  }
  int fd = (int) wanted->ident;
  struct note *note = &queues[kq][fd];
  if (wanted->flags == EV_DELETE && (note->watched & bit) == 0) {
    errno = ENOENT;
    return -1;
  }
  int after = wanted->flags == EV_ADD ? note->watched | bit : note->watched & ~bit;
  if (control(kq, fd, note->watched, after) < 0) {
    return -1;
  }
  note->watched = after;
  note->udata[bit - 1] = wanted->udata;
  return 0;
}

static int tell(struct kevent *event, const struct note *note, int fd, int bit, int end) {
  int bytes = 1;
  if (bit == 1 && ioctl(fd, FIONREAD, &bytes) < 0) {
    bytes = 1; /* a listener */
  }
  memset(event, 0, sizeof *event);
  event->ident = (uintptr_t) fd;
  event->filter = (int16_t) -bit;
  event->flags = end ? EV_EOF : 0;
  event->data = bytes;
  event->udata = note->udata[bit - 1];
  return 1;
}

int kevent(int kq, const struct kevent *changes, int changed, struct kevent *events, int max,
           const struct timespec *timeout) {
  if (kq < 0 || kq >= DESCRIPTORS || queues[kq] == NULL) {
    errno = EBADF;
    return -1;
  }
  for (int i = 0; i < changed; i++) {
    if (change(kq, &changes[i]) < 0) {
      return -1; /* nobody of ours leaves room for errors among the events */
    }
  }
  if (max == 0) {
    return 0;
  }
  struct epoll_event ready[BATCH];
  int most = max / 2 < 1 ? 1 : max / 2 > BATCH ? BATCH : max / 2;
  int count = epoll_pwait2(kq, ready, most, timeout, NULL);
  int told = 0;
  for (int i = 0; i < count; i++) {
    int fd = ready[i].data.fd;
    uint32_t found = ready[i].events;
    const struct note *note = &queues[kq][fd];
    uint32_t broken = found & (EPOLLERR | EPOLLHUP);
    if ((note->watched & 1) && (broken || (found & (EPOLLIN | EPOLLRDHUP)))) {
      told += tell(&events[told], note, fd, 1, broken || (found & EPOLLRDHUP));
    }
    if ((note->watched & 2) && (broken || (found & EPOLLOUT)) && told < max) {
      told += tell(&events[told], note, fd, 2, broken != 0);
    }
  }
  return count < 0 ? -1 : told;
}
