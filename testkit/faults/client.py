"""A client of the echo service that checks every byte."""

import socket

TIMEOUT_SECONDS = 10


class Wrong(Exception):
    """The server did not do what it should."""


class Client:
    def __init__(self, port):
        self._socket = socket.create_connection(("127.0.0.1", port), TIMEOUT_SECONDS)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def send(self, message):
        self._socket.sendall(message)

    def receive(self, count):
        received = b""
        while len(received) < count:
            try:
                some = self._socket.recv(count - len(received))
            except socket.timeout:
                raise Wrong(f"no answer within {TIMEOUT_SECONDS} s; so far {received!r}")
            if not some:
                raise ConnectionResetError(f"ended after {received!r}")
            received += some
        return received

    def echo(self, message, expected=None):
        expected = message if expected is None else expected
        self.send(message)
        received = self.receive(len(expected))
        if received != expected:
            raise Wrong(f"expected {expected!r}, got {received!r}")

    def close(self):
        self._socket.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
