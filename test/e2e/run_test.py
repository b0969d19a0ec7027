"""`mina run`: the pages and the pictures it serves, touches and typing, dialogs, the network, and how it ends."""
import base64
import ctypes
import http.server
import json
import os
import re
import signal
import socket
import struct
import subprocess
import threading
import time
import urllib.error
import urllib.request
import zlib

from program import check, finish, mina, package, run

LIMIT = 30  # seconds that nothing here takes unless something is broken
PNG = b"\x89PNG\r\n\x1a\n"
TEXT, BINARY, CLOSE, PING, PONG = 1, 2, 8, 9, 10


system = ctypes.CDLL(None)
PR_SET_PDEATHSIG = 1


def end_with_parent():
    """However this test ends, nothing that it started goes on."""
    system.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


tokens = {}  # of ports


class Program:
    """A started `mina run`: what it printed, its port, its end."""

    def __init__(self, app, *words):
        environment = dict(os.environ)
        environment["ASAN_OPTIONS"] = environment.get("ASAN_OPTIONS", "") + ":exitcode=99"
        environment["UBSAN_OPTIONS"] = environment.get("UBSAN_OPTIONS", "") + ":exitcode=99"
        self.process = subprocess.Popen([str(mina), "run", str(app), *map(str, words)], env=environment, stdin=subprocess.DEVNULL,
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=end_with_parent)
        self.lines, self.news, self.out, self.port, self.read = [], threading.Condition(), "", 0, 0
        self.readers = [threading.Thread(target=self.take, args=(stream,), daemon=True)
                        for stream in (self.process.stdout, self.process.stderr)]
        for reader in self.readers:
            reader.start()

    def take(self, stream):
        for line in stream:
            line = line.decode("utf-8", "replace").rstrip("\n")
            with self.news:
                found = re.search(r"http://127\.0\.0\.1:(\d+)/(\w+)/", line) if stream is self.process.stdout else None
                self.port = int(found[1]) if found else self.port
                if found:
                    tokens[self.port] = found[2]
                self.out += line + "\n" if stream is self.process.stdout else ""
                self.lines.append(line)
                self.news.notify_all()

    def until(self, holds):
        with self.news:
            return self.news.wait_for(holds, LIMIT)

    def ready(self):
        self.until(lambda: self.port or self.process.poll() is not None)
        return self

    def says(self, text):
        """Waits for a line with this text, behind the last one that was waited for."""
        def found():
            for i in range(self.read, len(self.lines)):
                if text in self.lines[i]:
                    self.read = i + 1
                    return True
            return False
        return self.until(found)

    def text(self):
        return "\n".join(self.lines)

    def end(self, number=signal.SIGTERM):
        """The exit status after this signal; below zero when it had to be killed."""
        if self.process.poll() is None:
            self.process.send_signal(number)
        try:
            self.process.wait(LIMIT)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        for reader in self.readers:
            reader.join(LIMIT)
        return self.process.returncode


class Page:
    """A browser's page: a WebSocket by hand (RFC 6455)."""

    def __init__(self, port, origin=None, host=None, receive_buffer=0, path=None):
        self.port, self.calls = port, 0
        self.socket = socket.socket()
        if receive_buffer:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        self.socket.settimeout(LIMIT)
        self.socket.connect(("127.0.0.1", port))
        origin = f"http://127.0.0.1:{port}" if origin is None else origin
        lines = [f"GET {path or f'/{tokens[port]}/phone/alice'} HTTP/1.1", f"Host: {host or f'127.0.0.1:{port}'}", "Upgrade: websocket", "Connection: Upgrade",
                 f"Sec-WebSocket-Key: {base64.b64encode(os.urandom(16)).decode()}", "Sec-WebSocket-Version: 13"]
        lines += [f"Origin: {origin}"] if origin else []
        self.socket.sendall("\r\n".join([*lines, "", ""]).encode())
        self.buffer = b""
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

    def news(self, shown=True):
        """The next message with what changed of the picture; b"" when the page was closed. Not more than two come before one is shown."""
        while True:
            kind, data = self.frame()
            if kind == BINARY and shown:
                self.send(b"s", BINARY)
            if kind == BINARY or kind in (0, CLOSE):
                return data if kind == BINARY else b""

    def picture(self):
        """The whole picture once something of it has changed; b"" when the page was closed."""
        return get(self.port, "/phone/alice.png")[2] if self.news() else b""

    def until(self, holds):
        """The first of the next pictures that holds; b"" when none comes."""
        end = time.monotonic() + LIMIT
        while time.monotonic() < end:
            data = self.picture()
            if not data or holds(data):
                return data
        return b""

    def send(self, data, kind=TEXT, head=0x80):
        data = data.encode() if isinstance(data, str) else data
        size = bytes([0x80 | len(data)]) if len(data) < 126 else b"\xfe" + struct.pack(">H", len(data)) if len(data) < 65536 \
            else b"\xff" + struct.pack(">Q", len(data))
        mask = os.urandom(4)
        covered = bytes(a ^ b for a, b in zip(data, mask * (len(data) // 4 + 1))) if len(data) < 65536 else data
        self.socket.sendall(bytes([head | kind]) + size + (mask if covered is not data else b"\0\0\0\0") + covered)

    def call(self, method, **parameters):
        self.calls += 1
        self.send(json.dumps({"id": self.calls, "method": method, "params": parameters}))

    def touch(self, phase, x, y):
        self.call("Phone.touch", touches=[{"id": 0, "phase": phase, "x": x, "y": y}])

    def tap(self, x, y):
        self.touch("start", x, y)
        self.touch("end", x, y)

    def drag(self, x, y, dy):
        self.touch("start", x, y)
        for i in range(1, 5):
            self.touch("move", x, y + dy * i / 4)
        self.touch("end", x, y + dy)

    def close(self):
        self.socket.close()


def size_of(data):
    """(width, height) of a whole picture, else None."""
    at, packed, size = 8, b"", None
    while data.startswith(PNG) and at < len(data):
        length, kind = struct.unpack(">I4s", data[at:at + 8])
        packed += data[at + 8:at + 8 + length] if kind == b"IDAT" else b""
        size = struct.unpack(">II", data[at + 8:at + 16]) if kind == b"IHDR" else size
        depth = {2: 3, 6: 4}[data[at + 17]] if kind == b"IHDR" else depth
        at += length + 12
    return size if size and len(zlib.decompress(packed)) == size[1] * (1 + size[0] * depth) else None


def get(port, path="/", method="GET", token=None, **headers):
    """(status, headers, body)"""
    request = urllib.request.Request(f"http://127.0.0.1:{port}/{tokens[port] if token is None else token}{path}", method=method,
                                     headers={name.replace("_", "-"): value for name, value in headers.items()})
    try:
        with urllib.request.urlopen(request, timeout=LIMIT) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read()


def computed(program):
    """Seconds that the program has computed."""
    with open(f"/proc/{program.process.pid}/stat") as stat:
        return sum(map(int, stat.read().rpartition(")")[2].split()[11:13])) / os.sysconf("SC_CLK_TCK")


# --- a program with a row of buttons, each 40 px high, below the status bar and the navigation bar ---

BAR, ROW = 64, 40
CONFIRM, CANCEL = (250, 370), (125, 370)  # the buttons of a modal with one line


def buttons(verbs, more="", **files):
    """A program whose buttons run these pieces of script, named."""
    script = "".join(f"{name}() {{ {body} }},\n" for name, body in verbs.items())
    rows = "".join(f'<view class="b" bindtap="{name}">{name}</view>\n' for name in verbs)
    return package({
        "app.json": {"pages": ["pages/a/a", "pages/b/b"], "window": {"navigationBarTitleText": "a"}}, "app.js": "App({})",
        "pages/a/a.js": f"const ok = (r) => console.log('ok', JSON.stringify(r)), no = (r) => console.log('no', JSON.stringify(r))\n"
                        f"Page({{ data: {{ n: 0 }}, {script} }})",
        "pages/a/a.wxml": rows + more, "pages/a/a.wxss": f".b {{ height: {ROW}px; }} .n {{ height: 1000px }}",
        "pages/b/b.js": "Page({ onLoad() { console.log('b is here') }, onUnload() { console.log('b is gone') } })",
        "pages/b/b.wxml": "<view>b</view>", **files,
    })


class Buttons:
    def __init__(self, verbs, *words, more="", **files):
        self.names = list(verbs)
        self.app = buttons(verbs, more, **files)
        self.program = Program(self.app, *words)

    def open(self):
        self.page = Page(self.program.ready().port)
        return self

    def press(self, name):
        self.page.tap(100, BAR + ROW * self.names.index(name) + ROW / 2)

    def expect(self, test, name, *lines):
        """Presses a button, and waits for these lines of the console."""
        self.press(name)
        missing = [line for line in lines if not self.program.says(line)]
        check(test, not missing, (missing, self.program.text()))

    def end(self, test, number=signal.SIGTERM, status=0):
        got = self.program.end(number)
        check(test, got == status and "Sanitizer" not in self.program.text(), (got, self.program.text()))


main = Buttons({
    "tap": "console.log('tapped')",
    "more": "this.setData({ n: this.data.n + 1 })",
    "go": "wx.navigateTo({ url: '/pages/b/b' })",
    "modal": "console.log('modal'); wx.showModal({ title: 't', content: 'c', success: ok, fail: no })",
    "sheet": "console.log('sheet'); wx.showActionSheet({ itemList: ['x', 'y', 'z'], success: ok, fail: no })",
    "toast": "console.log('toast'); wx.showToast({ title: 'toast', duration: 300, success: ok })",
    "late": "setTimeout(() => { console.log('late'); wx.showModal({ title: 't', content: 'c', success: ok }) }, 400)",
    "loading": "wx.showLoading({ title: 'wait', mask: true, success: ok }); setTimeout(() => wx.hideLoading({ success: ok }), 300)",
    "input": "console.log('input', arguments[0].detail.value)",
    "onPageScroll": "console.log('scrolled')",
}, more='<input style="height: 40px" bindinput="input"/><view class="n">{{n}}</view>')
main.open()
shows = main.page.picture()
check("the first picture comes by itself", size_of(shows) == (750, 1334), shows[:40])
port = main.program.port
status, headers, body = get(port)
check("the page is served", status == 200 and headers["Content-Type"].startswith("text/html") and b"main.js" in body
      and "default-src 'self'" in headers["Content-Security-Policy"], (status, body[:200]))
check("its modules too", get(port, "/main.js")[1]["Content-Type"].startswith("text/javascript"))
check("the picture too", get(port, "/phone/alice.png")[2].startswith(PNG))
for wrong in ("", "0" * 32, tokens[port][:-1], tokens[port] + "0", tokens[port].upper() + "x"):
    check("without the token nothing is", get(port, "/main.js", token=wrong)[0] == 403, wrong)
for path in ("/", "/desk", "/phone/alice", f"/{'0' * 32}/desk", f"/{tokens[port][:-1]}x/phone/alice"):
    page = Page(port, path=path)
    check("nor a socket", page.status != 101 or page.news() == b"", path)
check("nobody else's phone is there", Page(port, path=f"/{tokens[port]}/phone/nobody").news() == b"")
check("only GET", get(port, "/main.js", method="POST")[0] == 405)
check("nothing else is", get(port, "/../etc/passwd")[0] in (403, 404) and get(port, "/a.js")[0] == 404)
check("another site's name is refused", get(port, Host="example.com")[0] == 403, get(port, Host="example.com")[0])
check("another site's page is refused", get(port, Origin="https://example.com")[0] == 403)
check("and its sockets", Page(port, origin="https://example.com").status == 403 and Page(port, host="example.com").status == 403)

main.expect("a tap arrives", "tap", "[log] tapped")
main.press("more")
check("what changes is shown", main.page.until(lambda data: data != shows) != b"")
main.expect("a modal opens", "modal", "[log] modal")
main.page.tap(*CONFIRM)
check("its button answers", main.program.says('ok {"confirm":true,"cancel":false,"errMsg":"showModal:ok"}'), main.program.text())
main.expect("a modal opens again", "modal", "[log] modal")
main.page.tap(*CANCEL)
check("its other button too", main.program.says('ok {"confirm":false,"cancel":true,"errMsg":"showModal:ok"}'), main.program.text())
main.expect("a sheet opens", "sheet", "[log] sheet")
main.page.tap(187, 667 - 50 - 8 - 25)
check("its last row answers", main.program.says('ok {"tapIndex":2'), main.program.text())
main.expect("a sheet opens again", "sheet", "[log] sheet")
main.page.tap(187, 667 - 20)
check("its cancel too", main.program.says('no {"errMsg":"showActionSheet:fail cancel"}'), main.program.text())
time.sleep(0.3)
bare = get(port, "/phone/alice.png")[2]
main.press("late")
check("a timer's modal is shown", main.program.says("[log] late") and main.page.until(lambda data: data != bare), main.program.text())
main.page.tap(*CONFIRM)
check("and answers", main.program.says("ok {"), main.program.text())
check("and goes", main.page.until(lambda data: data == bare) == bare)
main.press("toast")
check("a toast is shown", main.page.until(lambda data: data != bare) != b"")
check("and goes by itself", main.page.until(lambda data: data == bare) == bare)
main.expect("a toast says that it is there", "toast", "[log] toast", "showToast:ok")
main.expect("a loading comes and goes", "loading", "showLoading:ok", "hideLoading:ok")
main.page.tap(100, BAR + ROW * len(main.names) + ROW / 2)
main.page.call("Phone.keyboard", type="input", value="你好", cursor=2)
check("typing", main.program.says("[log] input 你好"), main.program.text())
main.page.call("Phone.keyboard", type="hide")
time.sleep(0.5)
main.expect("going on", "go", "[log] b is here")
main.page.call("Phone.back")
check("going back", main.program.says("[log] b is gone"), main.program.text())
main.page.drag(180, 500, -300)
check("scrolling", main.program.says("[log] scrolled"), main.program.text())
main.page.call("Phone.wheel", x=180, y=300, dy=50)
check("a wheel", main.program.says("[log] scrolled"), main.program.text())

second = Page(port)
check("a second page gets the picture too", second.picture().startswith(PNG))
for bad in ("", "{", "[]", "\0", "x" * 60000, '{"id": 1, "method": "Phone.touch"}', '{"id": 1, "method": "Phone.touch", "params": {"touches": [1, {}]}}',
            '{"id": 1, "method": "Phone.touch", "params": {"touches": [{"phase": "end", "x": 1e300, "y": -1e300, "id": 1e99}]}}',
            '{"id": 1, "method": "Phone.wheel", "params": {"x": 1e300, "y": 0, "dy": -1e300}}', '{"id": 1, "method": "Phone.resize", "params": {"width": 1e9}}',
            '{"id": 1, "method": "Phone.keyboard", "params": {"type": "input"}}', '{"id": 1, "method": "Desk.open", "params": {"person": "bob"}}'):
    second.send(bad)
second.call("Phone.keyboard", type="input", value="长" * 100000)
second.send(b"\xff\xfe\0", BINARY)
second.send(b"s" * 1000, BINARY)
for _ in range(100):
    second.send(b"s", BINARY)
second.send("ping", PING)
second.send("x" * (1 << 20))
second.send(b"\xff\xff not UTF-8")
third = Page(port)
third.socket.sendall(b"\x81\xfe")  # half a message
third.close()
half = Page(port)
half.socket.shutdown(socket.SHUT_WR)
cut = socket.create_connection(("127.0.0.1", port))
cut.sendall(b"GET / HTTP/1.1\r\nHost: ")
cut.close()
for _ in range(30):
    Page(port).close()
check("wrong messages change nothing", get(port, "/phone/alice.png")[2].startswith(PNG))
fourth = Page(port)
fourth.picture()
fourth.drag(180, 200, 400)
fourth.tap(100, BAR + ROW / 2)
check("a page that comes later works", main.program.says("[log] tapped"), main.program.text())
slow = Page(port)
check("a page that shows nothing gets a picture", slow.news(shown=False) != b"")
last, main.page = get(port, "/phone/alice.png")[2], fourth
for _ in range(4):
    main.press("more")
    now = fourth.until(lambda data: data != last)
    check("another page gets those that follow", now != b"")
    last = now
slow.send("", PING)
kinds = []
while PONG not in kinds and 0 not in kinds:
    kinds.append(slow.frame()[0])
check("not more than one other waits for the first", kinds.count(BINARY) <= 1 and kinds[-1] == PONG, kinds)
slow.send(b"s", BINARY)
slow.send(b"s", BINARY)
check("but one is there when those are shown", slow.news() != b"")
main.expect("a modal stays open", "modal", "[log] modal")
main.end("SIGTERM ends it")

held = socket.socket()
held.bind(("127.0.0.1", 0))
held.listen()
got, out, errors = run("run", buttons({}), "--port", held.getsockname()[1])
check("a port that is taken", got == 1 and "mina run: " in errors, (got, out, errors))
held.close()
wrong = Program(package({"app.json": {"pages": ["a"]}, "app.js": "App({ onLaunch() { nothing() } })", "a.js": "Page({})", "a.wxml": "<view>"})).ready()
said, got = wrong.says("app.js:1:"), wrong.end(signal.SIGINT)
check("errors are told with their place", said and got == 1, (got, wrong.text()))
got, out, errors = run("run", package({"app.json": "{"}))
check("nothing to run", got == 1 and "app.json:1:" in errors, (got, out, errors))


class Answer(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        text = json.dumps({"path": self.path, "body": body.decode(), "type": self.headers.get("Content-Type"), "x": self.headers.get("X-A")})
        self.send_response(201)
        self.send_header("Content-Type", "application/json")
        self.send_header("Set-Cookie", "a=1")
        self.end_headers()
        self.wfile.write(text.encode())

    def do_GET(self):
        if self.path == "/slow":
            time.sleep(1)
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"plain")

    def log_message(self, *words):
        pass


class Quiet(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        pass  # who is waited for may go


server = Quiet(("127.0.0.1", 0), Answer)
threading.Thread(target=server.serve_forever, daemon=True).start()
there = f"http://127.0.0.1:{server.server_port}"
net = Buttons({
    "post": f"wx.request({{ url: '{there}/p?q=1', method: 'POST', data: {{ a: '中' }}, header: {{ 'X-A': 'b' }}, success: (r) =>"
            " console.log(r.statusCode, r.header['Content-Type'], r.cookies.join(), JSON.stringify(r.data)), fail: no })",
    "plain": f"wx.request({{ url: '{there}/', success: (r) => console.log('plain', r.data), fail: no }})",
    "late": f"wx.request({{ url: '{there}/slow', timeout: 100, success: ok, fail: no }})",
    "abort": f"wx.request({{ url: '{there}/slow', success: ok, fail: no }}).abort()",
    "wait": f"wx.request({{ url: '{there}/slow', success: (r) => console.log('waited', r.data), fail: no }})",
    "closed": "wx.request({ url: 'http://127.0.0.1:1/', success: ok, fail: no })",
}).open()
net.page.picture()
net.expect("a request goes out", "post", '201 application/json a=1 {"path":"/p?q=1","body":"{\\"a\\":\\"中\\"}","type":"application/json","x":"b"}')
net.expect("text stays text", "plain", "[log] plain plain")
net.expect("a time limit", "late", 'no {"errMsg":"request:fail timeout"')
net.expect("taken back", "abort", 'no {"errMsg":"request:fail abort"')
net.expect("nobody there", "closed", 'no {"errMsg":"request:fail')
used = computed(net.program)
net.expect("an answer that takes its time", "wait", "[log] waited plain")
check("waiting is no work", computed(net.program) - used < 0.7, computed(net.program) - used)
net.press("late")
net.end("an end in the middle of a request")
server.shutdown()

silent = socket.create_server(("127.0.0.1", 0))  # takes connections, and never answers
hung = Buttons({
    "ask": f"wx.request({{ url: 'http://127.0.0.1:{silent.getsockname()[1]}/', success: ok, fail: no }});"
           " setTimeout(() => { console.log('timer'); this.setData({ n: 1 }) }, 50)",
    "leave": f"const t = wx.request({{ url: 'http://127.0.0.1:{silent.getsockname()[1]}/', fail: no }}); setTimeout(() => t.abort(), 50)",
}, more="<view>{{n}}</view>").open()
blank = hung.page.picture()
hung.expect("timers go on while a request waits", "ask", "[log] timer")
check("pictures too", hung.page.until(lambda data: data != blank) != b"")
hung.expect("a timer takes a request back", "leave", 'no {"errMsg":"request:fail abort"')
hung.end("SIGINT ends it while a request waits", signal.SIGINT)
silent.close()

device = Buttons({
    "store": "wx.setStorageSync('a', { x: 1 }); wx.setStorage({ key: 'b', data: '中', success: () => { console.log(wx.getStorageInfoSync().keys.join());"
             " wx.removeStorage({ key: 'a', success: () => wx.getStorage({ key: 'a', success: ok, fail: no }) }) } })",
    "clear": "console.log(wx.getStorageSync('b')); wx.clearStorage({ success: () => wx.getStorageInfo({ success: ok }) })",
    "clip": "wx.setClipboardData({ data: '剪贴', success: () => wx.getClipboardData({ success: ok }) })",
    "network": "wx.getNetworkType({ success: ok })",
    "info": "wx.getSystemInfo({ success: (r) => console.log('info', r.windowWidth, r.windowHeight, r.screenHeight, r.pixelRatio) })",
    "later": "wx.setScreenBrightness({ value: 1, success: ok, fail: no })",
    "asked": "wx.showModal({ title: 't', success: (r) => console.log('asked', r.confirm) })",
    "out": f"wx.request({{ url: '{there}/', success: ok, fail: no }})",
    "in": "wx.request({ url: 'https://a.example/x', success: (r) => console.log('in', r.data.x), fail: no })",
    "file": "wx.request({ url: 'https://b.example/y.txt', success: (r) => console.log('file', r.data), fail: no })",
    "query": "console.log(JSON.stringify(this.options), wx.getLaunchOptionsSync().scene)",
}, "--offline", "--script", package({"s.json": {"answers": {"showModal": {"confirm": True}}, "storage": {"c": 1},
                                               "request": [{"url": "https://a.example/*", "reply": {"data": {"x": "scripted"}}}]}}) / "s.json",
    "--fixtures", package({"b.example/y.txt": "from a folder"}), "--page", "pages/a/a?q=1", "--scene", "1044").open()
device.page.picture()
device.expect("storage", "store", "[log] c,a,b", 'no {"errMsg":"getStorage:fail data not found"}')
device.expect("storage is emptied", "clear", "[log] 中", 'ok {"keys":[],"currentSize":0,')
device.expect("clipboard", "clip", 'ok {"data":"剪贴"')
device.expect("network type", "network", 'ok {"networkType":"wifi"')
device.expect("system info", "info", "[log] info 375 603 667 2")
device.expect("what is not there yet says so", "later", 'no {"errMsg":"setScreenBrightness:fail not supported"}')
device.expect("--script answers for the person", "asked", "[log] asked true")
device.expect("--offline", "out", 'no {"errMsg":"request:fail no network')
device.expect("--script answers for the network", "in", "[log] in scripted")
device.expect("--fixtures", "file", "[log] file from a folder")
device.expect("--page and --scene", "query", '[log] {"q":"1"} 1044')
device.end("SIGINT ends it", signal.SIGINT)
for words in (["--port", "70000"], ["--port", "1.5"], ["--script", "/no/such/file"], []):
    check(f"usage {words}", run("run", *([device.app] if words else []), *words)[0] == 2)
finish()
