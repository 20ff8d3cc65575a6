"""The faults. `when` counts the calls of each thread from the moment strace attaches."""

from collections import namedtuple

import scenarios

Case = namedtuple("Case", "name call inject scenario except_on", defaults=[()])

# EAGAIN tells an edge-triggered poller that all is read, and that a new edge will come: a false one
# is a lie the kernel never tells. A signal is an edge as well.
EDGE_TRIGGERED = ("epoll-et", "signal")
# One-shot descriptors are armed again by the same call, which can fail for want of watches only when
# it adds; strace cannot tell the two apart.
ONE_SHOT = ("epoll+pool",)

CASES = [
    Case("wait-EINTR", "wait", "error=EINTR:when=1..60+3", scenarios.nothing_is_noticed),
    # io_uring_enter(2): too many completions wait to be taken; no memory for a request.
    Case("submit-EBUSY", "submit", "error=EBUSY:when=1..60+3", scenarios.nothing_is_noticed),
    Case("submit-EAGAIN", "submit", "error=EAGAIN:when=1..60+3", scenarios.nothing_is_noticed),
    Case("accept-EINTR", "accept", "error=EINTR:when=1..40+2", scenarios.nothing_is_noticed),
    Case("accept-EAGAIN", "accept", "error=EAGAIN:when=1..20",
         scenarios.nothing_is_noticed, EDGE_TRIGGERED),
    Case("accept-ECONNABORTED", "accept", "error=ECONNABORTED:when=1..2",
         scenarios.nothing_is_noticed),
    # accept(2): Linux passes on pending network errors; they are the connection's, not the listener's.
    Case("accept-EPROTO", "accept", "error=EPROTO:when=1", scenarios.nothing_is_noticed),
    Case("accept-EMFILE", "accept", "error=EMFILE:when=1", scenarios.nothing_is_noticed),
    Case("accept-ENFILE", "accept", "error=ENFILE:when=1", scenarios.nothing_is_noticed),
    Case("accept-ENOBUFS", "accept", "error=ENOBUFS:when=1", scenarios.nothing_is_noticed),
    Case("watch-ENOSPC", "watch", "error=ENOSPC:when=1", scenarios.one_is_refused, ONE_SHOT),
    Case("receive-EINTR", "receive", "error=EINTR:when=1..40+2", scenarios.nothing_is_noticed),
    Case("receive-EAGAIN", "receive", "error=EAGAIN:when=1..20",
         scenarios.nothing_is_noticed, EDGE_TRIGGERED),
    Case("receive-ECONNRESET", "receive", "error=ECONNRESET:when=3", scenarios.one_breaks),
    Case("receive-ETIMEDOUT", "receive", "error=ETIMEDOUT:when=3", scenarios.one_breaks),
    Case("send-EINTR", "send", "error=EINTR:when=1..40+2", scenarios.nothing_is_noticed),
    Case("send-EAGAIN", "send", "error=EAGAIN:when=1..40+2", scenarios.nothing_is_noticed),
    Case("send-ECONNRESET", "send", "error=ECONNRESET:when=3", scenarios.one_breaks),
    Case("send-EPIPE", "send", "error=EPIPE:when=3", scenarios.one_breaks),
    Case("send-short", "send", "retval=2:when=1", scenarios.two_bytes_are_taken),
]
