"""Which system calls a model makes, so that a fault can be named by what it hits."""

NATIVE = {"accept": "accept4", "receive": "recvfrom", "send": "sendto"}
# The models on java.nio: the JDK's own calls.
JDK = {"accept": "accept", "receive": "read", "send": "write"}

MODELS = {
    # A thread that blocks in accept, read or write waits in no other call.
    "thread": {**JDK, "wait": None},
    "pool": {**JDK, "wait": None},
    # The JDK's poller waits for all virtual threads.
    "virtual": {**JDK, "wait": "epoll_wait"},
    # Busy polling never waits.
    "nonblocking": {**NATIVE, "wait": None},
    "select": {**NATIVE, "wait": "pselect6"},
    "poll": {**NATIVE, "wait": "poll"},
    "epoll": {**NATIVE, "wait": "epoll_wait", "watch": "epoll_ctl"},
    "epoll-et": {**NATIVE, "wait": "epoll_wait", "watch": "epoll_ctl"},
    "epoll+pool": {**NATIVE, "wait": "epoll_wait", "watch": "epoll_ctl"},
    "nio": {**JDK, "wait": "epoll_wait"},
    "signal": {**NATIVE, "wait": "rt_sigtimedwait"},
    # One call asks for everything and waits for it; what is asked for fails inside the kernel.
    "io_uring": {"wait": "io_uring_enter", "submit": "io_uring_enter"},
}
