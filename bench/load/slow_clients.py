#!/usr/bin/env python3
"""Clients on bad lines, until told to stop: half of them send a request a byte at a time, the other
half ask for many files and hardly read.

    slow_clients.py PORT COUNT
"""

import os
import socket
import sys
import time

import host

PATH = "/sdk/loader.sdk.esm.js"
PIPELINED = 200  # more than the socket's buffers hold, so that the server has to wait for us
STEP_SECONDS = 0.1


class Writer:
    """A request line without an end, a byte at a time; from the start when it is refused."""

    def __init__(self, port):
        self.port, self.socket, self.at = port, None, 0

    def step(self):
        if self.socket is None:
            self.socket, self.at = socket.create_connection(("127.0.0.1", self.port)), 0
        text = f"GET {PATH} HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ".encode()
        byte = text[self.at:self.at + 1] or b"x"
        self.at += 1
        self.socket.sendall(byte)


class Reader:
    """Asks for much and reads a few bytes now and then."""

    def __init__(self, port):
        self.port, self.socket = port, None

    def step(self):
        if self.socket is None:
            self.socket = socket.socket()
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
            self.socket.connect(("127.0.0.1", self.port))
            self.socket.sendall(f"GET {PATH} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode() * PIPELINED)
        if not self.socket.recv(16):
            raise ConnectionResetError


def main():
    port, count = int(sys.argv[1]), int(sys.argv[2])
    os.sched_setaffinity(0, {host.LOAD_CORE})
    clients = [Writer(port) for _ in range(count // 2)] + [Reader(port) for _ in range(count // 2)]
    while True:
        for client in clients:
            try:
                client.step()
            except OSError:
                if client.socket is not None:
                    client.socket.close()
                client.socket = None
        time.sleep(STEP_SECONDS)


if __name__ == "__main__":
    main()
