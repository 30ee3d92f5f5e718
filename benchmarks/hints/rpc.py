"""Serf's RPC in the fewest lines: as much msgpack as it needs, and a client confined to a thread."""

import socket
import struct


def pack(value):
    if value is None:
        return b"\xc0"
    if isinstance(value, bool):
        return b"\xc3" if value else b"\xc2"
    if isinstance(value, int):
        return struct.pack("B", value) if 0 <= value < 128 else b"\xd3" + struct.pack(">q", value)
    if isinstance(value, str):
        data = value.encode()
        return b"\xdb" + struct.pack(">I", len(data)) + data
    if isinstance(value, bytes):
        return b"\xc6" + struct.pack(">I", len(value)) + value
    if isinstance(value, list):
        return b"\xdd" + struct.pack(">I", len(value)) + b"".join(map(pack, value))
    items = b"".join(pack(k) + pack(v) for k, v in value.items())
    return b"\xdf" + struct.pack(">I", len(value)) + items


def unpack(read):
    """Reads one value with read(n), which gives exactly n bytes."""
    tag = read(1)[0]
    if tag < 0x80:
        return tag
    if tag >= 0xE0:
        return tag - 256
    if tag < 0x90:
        return {unpack(read): unpack(read) for _ in range(tag & 15)}
    if tag < 0xA0:
        return [unpack(read) for _ in range(tag & 15)]
    if tag < 0xC0:
        return read(tag & 31).decode("utf-8", "replace")
    if tag in (0xC0, 0xC2, 0xC3):
        return {0xC0: None, 0xC2: False, 0xC3: True}[tag]
    if tag in NUMBERS:
        form, size = NUMBERS[tag]
        return struct.unpack(form, read(size))[0]
    form, size = LENGTHS[tag]
    length = struct.unpack(form, read(size))[0]
    if tag <= 0xC6:
        return read(length)
    if tag <= 0xDB:
        return read(length).decode("utf-8", "replace")
    if tag <= 0xDD:
        return [unpack(read) for _ in range(length)]
    return {unpack(read): unpack(read) for _ in range(length)}


NUMBERS = {
    0xCA: (">f", 4), 0xCB: (">d", 8), 0xCC: (">B", 1), 0xCD: (">H", 2), 0xCE: (">I", 4),
    0xCF: (">Q", 8), 0xD0: (">b", 1), 0xD1: (">h", 2), 0xD2: (">i", 4), 0xD3: (">q", 8),
}  # fmt: skip
LENGTHS = {
    0xC4: (">B", 1), 0xC5: (">H", 2), 0xC6: (">I", 4), 0xD9: (">B", 1), 0xDA: (">H", 2),
    0xDB: (">I", 4), 0xDC: (">H", 2), 0xDD: (">I", 4), 0xDE: (">H", 2), 0xDF: (">I", 4),
}  # fmt: skip


class Client:
    def __init__(self, host, receive_buffer=None):
        self.socket = socket.socket()
        if receive_buffer:  # Before connect: it decides the window that is offered.
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        self.socket.settimeout(30)
        self.socket.connect((host, 7373))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.input = self.socket.makefile("rb")
        self.seq = 0
        self.ask("handshake", {"Version": 1})

    def send(self, command, body=None):
        self.seq += 1
        data = pack({"Command": command, "Seq": self.seq})
        self.socket.sendall(data if body is None else data + pack(body))

    def read(self):
        return unpack(self.exactly)

    def ask(self, command, body=None, answer=False):
        """Sends a command; returns the body of the answer where one is announced."""
        self.send(command, body)
        header = self.read()
        if header["Error"]:
            raise RuntimeError(command + ": " + header["Error"])
        return self.read() if answer else None

    def close(self):
        self.input.close()
        self.socket.close()

    def exactly(self, count):
        data = self.input.read(count)
        if len(data) < count:
            raise EOFError("the agent closed the connection")
        return data
