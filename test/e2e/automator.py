"""A `mina auto` and a client of it on raw frames: what tests and figures drive automation with."""
import base64
import ctypes
import json
import os
import re
import signal
import socket
import struct
import subprocess
import tempfile

LIMIT = 60  # seconds that nothing here takes unless something is broken
TEXT, BINARY, CLOSE, PING = 1, 2, 8, 9
system = ctypes.CDLL(None)


class Failed(Exception):
    """A call was answered by an error."""


def end_with_parent():
    system.prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG: however this ends, nothing that it started goes on


class Server:
    """A started `mina auto`. words: its options; the port is any free one."""

    def __init__(self, program, app, *words):
        environment = dict(os.environ)
        for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS"):
            environment[name] = environment.get(name, "") + ":exitcode=99"
        self.errors = tempfile.TemporaryFile()
        self.process = subprocess.Popen([str(program), "auto", "--project", str(app), "--auto-port", "0", *map(str, words)],
                                        env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=self.errors,
                                        preexec_fn=end_with_parent)
        self.line = self.process.stdout.readline().decode()
        found = re.search(r"ws://127\.0\.0\.1:(\d+)", self.line)
        self.port = int(found[1]) if found else 0

    def said(self):
        self.errors.seek(0)
        return self.errors.read().decode("utf-8", "replace")

    def end(self):
        """Its exit status."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            status = self.process.wait(LIMIT)
        except subprocess.TimeoutExpired:
            self.process.kill()
            status = self.process.wait()
        self.process.stdout.close()
        return status


class Client:
    def __init__(self, port, origin=None, host=None, receive_buffer=0, path="/"):
        self.socket = socket.socket()
        if receive_buffer:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        self.socket.settimeout(LIMIT)
        self.socket.connect(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        lines = [f"GET {path} HTTP/1.1", f"Host: {host or f'127.0.0.1:{port}'}", "Upgrade: websocket", "Connection: Upgrade",
                 f"Sec-WebSocket-Key: {base64.b64encode(os.urandom(16)).decode()}", "Sec-WebSocket-Version: 13",
                 "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits"]
        lines += [f"Origin: {origin}"] if origin else []
        self.socket.sendall("\r\n".join([*lines, "", ""]).encode())
        self.buffer, self.events, self.answers, self.last = b"", [], {}, 0
        while b"\r\n\r\n" not in self.buffer:
            got = self.socket.recv(65536)
            if not got:
                break
            self.buffer += got
        head, _, self.buffer = self.buffer.partition(b"\r\n\r\n")
        self.status = int(head.split()[1]) if head else 0

    def take(self, size):
        while len(self.buffer) < size:
            got = self.socket.recv(1 << 20)
            if not got:
                raise ConnectionError("closed")
            self.buffer += got
        data, self.buffer = self.buffer[:size], self.buffer[size:]
        return data

    def frame(self):
        """(opcode, content) of the next frame; (0, b"") at the end of the connection."""
        try:
            first, size = self.take(2)
            if size == 126:
                size, = struct.unpack(">H", self.take(2))
            elif size == 127:
                size, = struct.unpack(">Q", self.take(8))
            return first & 15, self.take(size)
        except (ConnectionError, TimeoutError):
            return 0, b""

    def send(self, data, kind=TEXT, head=0x80):
        data = data.encode() if isinstance(data, str) else data
        size = bytes([0x80 | len(data)]) if len(data) < 126 else b"\xfe" + struct.pack(">H", len(data)) if len(data) < 65536 \
            else b"\xff" + struct.pack(">Q", len(data))
        self.socket.sendall(bytes([head | kind]) + size + b"\0\0\0\0" + data)

    def ask(self, method, /, **params):
        """Sends a call; its id."""
        self.last += 1
        self.send(json.dumps({"id": str(self.last), "method": method, "params": params}))
        return str(self.last)

    def message(self):
        """The next message; None at the end."""
        while True:
            kind, data = self.frame()
            if kind == TEXT:
                return json.loads(data)
            if kind in (0, CLOSE):
                return None

    def answer(self, call):
        while call not in self.answers:
            message = self.message()
            if message is None:
                raise ConnectionError("closed")
            if message.get("id"):
                self.answers[message["id"]] = message
            else:
                self.events.append((message.get("method"), message.get("params")))
        message = self.answers.pop(call)
        if "error" in message:
            raise Failed(message["error"]["message"])
        return message["result"]

    def call(self, method, /, **params):
        return self.answer(self.ask(method, **params))

    def wx(self, method, *args):
        return self.call("App.callWxMethod", method=method, args=list(args)).get("result")

    def page(self):
        return Page(self, self.call("App.getCurrentPage"))

    def evaluate(self, source, *args):
        return self.call("App.callFunction", functionDeclaration=source, args=list(args)).get("result")

    def native(self, method, /, **data):
        return self.call("Tool.native", method=method, data=data)

    def close(self):
        self.socket.close()


class Page:
    def __init__(self, client, facts):
        self.client, self.id, self.path, self.query = client, facts["pageId"], facts["path"], facts["query"]

    def call(self, method, /, **params):
        return self.client.call(method, pageId=self.id, **params)

    def one(self, selector):
        return Element(self, self.call("Page.getElement", selector=selector))

    def all(self, selector):
        return [Element(self, facts) for facts in self.call("Page.getElements", selector=selector)["elements"]]

    def data(self, path=None):
        return self.call("Page.getData", **({"path": path} if path else {})).get("data")


class Element:
    def __init__(self, page, facts):
        self.page, self.id, self.tag, self.node = page, facts["elementId"], facts["tagName"], facts.get("nodeId")

    def call(self, method, /, **params):
        return self.page.call("Element." + method, elementId=self.id, **({"nodeId": self.node} if self.node else {}), **params)

    def one(self, selector):
        return Element(self.page, self.call("getElement", selector=selector))

    def text(self):
        return self.call("getDOMProperties", names=["innerText"])["properties"][0]

    def property(self, name):
        return self.call("getProperties", names=[name])["properties"][0]

    def tap(self):
        self.call("tap")

    def function(self, name, *args):
        return self.call("callFunction", functionName=name, args=list(args)).get("result")
