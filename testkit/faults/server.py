"""The server under test, and strace on it."""

import os
import pathlib
import re
import signal
import subprocess
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
PATIENCE_SECONDS = 30


def wait_for(what, condition):
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError(f"not within {PATIENCE_SECONDS} s: {what}")
        time.sleep(0.01)


class Server:
    """`./fivefold serve echo` on one model."""

    def __init__(self, model):
        self._output = tempfile.NamedTemporaryFile(prefix="fivefold-faults-", mode="w+")
        # One worker thread where several share connections: `when` counts for each thread.
        workers = "1" if model == "epoll+pool" else "20"
        options = os.environ.get("FIVEFOLD_JAVA_OPTS", "")
        self._process = subprocess.Popen(
            [str(ROOT / "fivefold"), "serve", "echo", "--model", model, "--port", "0"]
            + ["--reply", "same", "--workers", workers],
            stdin=subprocess.DEVNULL,
            stdout=self._output,
            stderr=subprocess.STDOUT,
            env={
                **os.environ,
                "FIVEFOLD_JAVA_OPTS": options + " -Djdk.virtualThreadScheduler.parallelism=1",
            },
        )
        try:
            wait_for("the server listens", lambda: self.port or not self.is_running())
        except TimeoutError:
            self._process.kill()
        if not self.port:
            raise RuntimeError("the server does not start:\n" + self.output())

    @property
    def port(self):
        found = re.search(r"^echo: listening on tcp \S+:(\d+)", self.output(), re.MULTILINE)
        return int(found.group(1)) if found else 0

    @property
    def pid(self):
        return self._process.pid

    def output(self):
        return pathlib.Path(self._output.name).read_text(errors="replace")

    def is_running(self):
        return self._process.poll() is None

    def stop(self):
        """Whether it ends in order when asked to."""
        if self.is_running():
            self._process.send_signal(signal.SIGTERM)
        try:
            code = self._process.wait(PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
            return False
        self._output.close()
        return code in (0, 128 + signal.SIGTERM, -signal.SIGTERM)


class Injection:
    """strace, attached to every thread of a server, for as long as the `with` lasts."""

    def __init__(self, server, call, inject):
        self._server = server
        self._log = tempfile.NamedTemporaryFile(prefix="fivefold-strace-")
        self._arguments = ["strace", "-f", "-qq", "-o", self._log.name, "-e", f"trace={call}"]
        self._arguments += ["-e", f"inject={call}:{inject}", "-p", str(server.pid)]

    def __enter__(self):
        self._process = subprocess.Popen(self._arguments, stderr=subprocess.PIPE, text=True)
        wait_for("strace attaches", lambda: self._process.poll() is not None or self._is_attached())
        if self._process.poll() is not None:
            raise PermissionError(
                f"strace cannot attach: {self._process.stderr.read().strip()}; "
                "be root, or set kernel.yama.ptrace_scope to 0"
            )
        return self

    def _is_attached(self):
        tracers = set()
        for status in pathlib.Path(f"/proc/{self._server.pid}/task").glob("*/status"):
            try:
                tracers.add(re.search(r"TracerPid:\s+(\d+)", status.read_text()).group(1))
            except FileNotFoundError:
                pass  # a thread that has just ended
        return tracers == {str(self._process.pid)}

    def _settle(self):
        """
        Until the server makes no more calls, if it ever waits: a call that is being injected when
        strace lets go fails with ENOSYS instead, which no kernel would do.
        """
        size, since = -1, time.monotonic()
        deadline = since + 0.5
        while time.monotonic() < deadline and time.monotonic() - since < 0.05:
            now = os.path.getsize(self._log.name)
            if now != size:
                size, since = now, time.monotonic()
            time.sleep(0.005)

    def __exit__(self, *_):
        self._settle()
        self._process.send_signal(signal.SIGINT)
        try:
            self._process.wait(PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process.stderr.close()

    def count(self):
        """How many calls were hit; strace has written all when it has ended."""
        return pathlib.Path(self._log.name).read_text(errors="replace").count("(INJECTED)")
