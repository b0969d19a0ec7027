"""mina platform from outside: its routes over HTTP, unmodified clients from npm, hostile bytes, a death in the middle."""
import concurrent.futures
import hashlib
import hmac
import http.client
import json
import os
import pathlib
import signal
import socket
import subprocess
import tempfile
import urllib.parse

from program import check, finish, mina, root, run

# a new one each time: node-easywechat keeps tokens in a file from run to run
APPID, SECRET, KEY = "wx" + os.urandom(8).hex(), "5ec2e7", "host-key"
folder = pathlib.Path(tempfile.mkdtemp(prefix="mina-platform-"))
world = folder / "world.json"
world.write_text(json.dumps({"programs": [{"appid": APPID, "name": "A", "secret": SECRET}, {"appid": "wx00000000000000bb", "name": "B", "secret": "b"}]}))


class Platform:
    def __init__(self, *words):
        self.process = subprocess.Popen([str(mina), "platform", *(() if "--world" in words else ("--world", str(world))), "--host-key", KEY, *words], stdout=subprocess.PIPE,
                                        stderr=subprocess.PIPE, text=True)
        line = self.process.stdout.readline()
        self.port = int(line.rsplit(":", 1)[1].strip("/\n")) if ":" in line else 0
        if not self.port:
            raise RuntimeError(line + self.process.stderr.read())

    def ask(self, method, path, query=None, body=None, headers=None):
        """(HTTP status, answer)"""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        url = path + ("?" + urllib.parse.urlencode(query) if query else "")
        data = body if isinstance(body, (bytes, str, type(None))) else json.dumps(body)
        connection.request(method, url, data, headers or {})
        answer = connection.getresponse()
        text = answer.read()
        connection.close()
        assert not text.count(b"\n"), text
        return answer.status, json.loads(text) if text else None

    def host(self, operation, person="alice", appid=APPID, **more):
        return self.ask("POST", "/host/" + operation, None, {"appid": appid, "person": person, **more}, {"X-Mina-Host-Key": KEY})[1]

    def redeem(self, code, appid=APPID, secret=SECRET):
        return self.ask("GET", "/sns/jscode2session",
                        {"appid": appid, "secret": secret, "js_code": code, "grant_type": "authorization_code"})[1]

    def token(self):
        return self.ask("GET", "/cgi-bin/token", {"grant_type": "client_credential", "appid": APPID, "secret": SECRET})[1]["access_token"]

    def stop(self, how=signal.SIGTERM):
        self.process.send_signal(how)
        status = self.process.wait(60)
        errors = self.process.stderr.read()
        self.process.stdout.close()
        self.process.stderr.close()
        return status, errors


def session_mac(session):
    return hmac.new(session["session_key"].encode(), b"", hashlib.sha256).hexdigest()


def routes(platform):
    code = platform.host("login")["code"]
    check("a foreign program's secret", platform.redeem(code, secret="no")["errcode"] == 40125)
    check("a foreign program", platform.redeem(code, "wx00000000000000bb", "b")["errcode"] == 40029)
    session = platform.redeem(code)
    check("the session", len(session["openid"]) == 28 and len(session["session_key"]) == 24 and "errcode" not in session, session)
    check("once", platform.redeem(code) == {"errcode": 40163, "errmsg": "code been used"})
    check("never", platform.redeem("x")["errcode"] == 40029)
    token = platform.token()
    query = {"access_token": token, "openid": session["openid"], "signature": session_mac(session), "sig_method": "hmac_sha256"}
    check("checksession", platform.ask("GET", "/wxa/checksession", query) == (200, {"errcode": 0, "errmsg": "ok"}))
    check("checksession of another", platform.ask("GET", "/wxa/checksession", {**query, "signature": "0" * 64})[1]["errcode"] == 87009)
    check("no token", platform.ask("GET", "/wxa/checksession", {"openid": "x"})[1]["errcode"] == 41001)
    check("wrong host key", platform.ask("POST", "/host/login", None, {"appid": APPID, "person": "alice"}, {"X-Mina-Host-Key": "x"})[0] == 401)
    check("no host key", platform.ask("POST", "/host/login", None, {"appid": APPID, "person": "alice"})[0] == 401)
    check("unknown", platform.ask("GET", "/nowhere")[1]["errcode"] == 40066)
    check("a large body", platform.ask("POST", "/cgi-bin/stable_token", None, b" " * (3 << 20))[0] == 413)
    check("odd queries", all(platform.ask("GET", "/sns/jscode2session?" + query)[0] == 200
                             for query in ("%", "a=%zz&appid", "appid=%E4%BD%A0&appid=2", "=&&=", "%00=1", "a" * 5000)))
    check("HEAD", platform.ask("HEAD", "/cgi-bin/token")[0] == 200)
    with concurrent.futures.ThreadPoolExecutor(64) as pool:
        code = platform.host("login")["code"]
        answers = list(pool.map(lambda _: platform.redeem(code), range(64)))
    check("64 at once, one succeeds", sorted(answer.get("errcode", 0) for answer in answers) == [0] + [40163] * 63)


class Backend:
    def __init__(self, platform, appid=APPID, secret=SECRET):
        self.process = subprocess.Popen(["node", str(root / "test/e2e/clients/backend.mjs"), f"http://127.0.0.1:{platform.port}", appid, secret],
                                        cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(self, command, **given):
        self.process.stdin.write(json.dumps({"command": command, **given}) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def stop(self):
        self.process.stdin.close()
        self.process.stdout.close()
        return self.process.wait(60)


def clients(platform):
    backend = Backend(platform)
    for by in ("co-wechat-api", "easywechat"):
        session = backend.ask("login", person="alice", code=platform.host("login")["code"], by=by)
        check(f"{by} logs in", len(session.get("answer", {}).get("openid", "")) == 28, session)
        sealed = platform.host("userInfo", withCredentials=True)
        opened = backend.ask("open", person="alice", encryptedData=sealed["encryptedData"], iv=sealed["iv"])
        check(f"{by}: its session opens what is sealed", opened.get("answer", {}).get("openId") == session["answer"]["openid"], opened)
        mine = hashlib.sha1((sealed["rawData"] + session["answer"]["session_key"]).encode()).hexdigest()
        check(f"{by}: the signature", mine == sealed["signature"])
        used = backend.ask("login", person="alice", code="x", by=by)
        check(f"{by}: a code that is none", "invalid code" in used.get("error", ""), used)
        token = backend.ask("token", by=by)
        check(f"{by}: an access token", len(token.get("answer") or "") >= 136, token)
    stale = backend.ask("stale")
    check("co-wechat-api gets itself a new token", bool(stale.get("answer", {}).get("activity_id")), stale)
    made = backend.ask("activity")
    check("node-easywechat calls with its token", bool(made.get("answer", {}).get("activity_id")), made)
    check("the backend ends", backend.stop() == 0)


def groups(platform):
    """A shares to a group; B and C open the card: each program's own backend sees one openGId for all."""
    seen = {}
    for appid, secret in ((APPID, SECRET), ("wx00000000000000bb", "b")):
        backend = Backend(platform, appid, secret)
        for group, people in (("family", "alice bob carol"), ("work", "alice carol dave")):
            for person in people.split():
                backend.ask("login", person=person, code=platform.host("login", person, appid)["code"])
                ticket = platform.host("issueTicket", person, appid, group=group, life=person, purpose="opener")["shareTicket"]
                sealed = platform.host("shareInfo", person, appid, shareTicket=ticket, life=person)
                opened = backend.ask("open", person=person, encryptedData=sealed["encryptedData"], iv=sealed["iv"])
                seen.setdefault((appid, group), set()).add(opened["answer"]["openGId"])
        backend.stop()
    check("all of a group see one openGId", all(len(ids) == 1 for ids in seen.values()), seen)
    check("another group's and another program's differ", len(set.union(*seen.values())) == 4, seen)
    check("a stranger gets no ticket", platform.host("issueTicket", "dave", group="family", life="l", purpose="opener")["errcode"] == 85001)


def malformed():
    """Requests that servers and proxies have been known to take differently."""
    lines = ["GET /", "GET / HTTP/9.9", "GET  / HTTP/1.1", "get / HTTP/1.1", "GET / HTTP/1.1 x", " GET / HTTP/1.1", "GET http://[::1 HTTP/1.1",
             "GET /\x00 HTTP/1.1", "GET /%00 HTTP/1.1", "CONNECT a:1 HTTP/1.1", "\xff\xfe\x00\x01", "G" * 70000, "GET /" + "a" * 70000 + " HTTP/1.1", ""]
    headers = ["", "Host: x", "Host: x\r\nHost: y", "Host : x", " Host: x", "Host: x\r\n folded", "A:" + "b" * 70000, "\r", ":", "A", "A\x00: b",
               "Content-Length: 5", "Content-Length: -1", "Content-Length: +5", "Content-Length: 0x5", "Content-Length: 5, 5", "Content-Length: 99999999999999999999",
               "Content-Length: 5\r\nContent-Length: 6", "Transfer-Encoding: chunked", "Transfer-Encoding: chunked\r\nContent-Length: 5",
               "Transfer-Encoding: identity, chunked", "Transfer-Encoding: xchunked", "Transfer-Encoding:\x0bchunked", "Expect: 100-continue", "Connection: close, x"]
    bodies = ["", "hello", "5\r\nhello\r\n0\r\n\r\n", "0x5\r\nhello\r\n0\r\n\r\n", "-1\r\nhello", "5;a=b\nhello\n0\n\n", "FFFFFFFFFFFFFFFFF\r\nhello", "5\r\nhello",
              "0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n"]
    for line in lines:
        yield line + "\r\nHost: x\r\n\r\n"
        yield line + "\n\n"
    for header in headers:
        for body in bodies:
            yield f"POST /cgi-bin/stable_token HTTP/1.1\r\n{header}\r\n\r\n{body}"
            yield f"GET /nowhere HTTP/1.1\n{header}\n\n{body}"


def hostile(platform):
    cases = list(malformed())
    wrong = []
    for case in cases:
        with socket.create_connection(("127.0.0.1", platform.port), 10) as line:
            line.settimeout(10)
            try:
                line.sendall(case.encode("latin-1"))
                line.shutdown(socket.SHUT_WR)
                received = b""
                while piece := line.recv(65536):
                    received += piece
            except OSError:
                continue
            if received and not received.startswith(b"HTTP/1."):
                wrong.append((case, received))
    check(f"{len(cases)} malformed requests get an answer or a closed line", not wrong, wrong[:2])
    idle = [socket.create_connection(("127.0.0.1", platform.port)) for _ in range(500)]
    check("500 idle connections do not stop others", platform.ask("GET", "/nowhere")[0] == 200)
    for line in idle:
        line.close()
    with socket.create_connection(("127.0.0.1", platform.port), 10) as slow: # half a request, then nothing: closed after --timeout
        slow.settimeout(60)
        slow.sendall(b"POST /cgi-bin/stable_token HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n{")
        try:
            received = slow.recv(100)
        except ConnectionError:
            received = b""
        check("a silent client is closed", received == b"" or received.startswith(b"HTTP/1.1 408"), received)
    check("and the server lives on", platform.ask("GET", "/nowhere")[0] == 200)


def killed():
    """kill -9 while people log in a thousand times: every session whose login was acknowledged still holds."""
    store = f"sqlite:{folder / 'store'}"
    names = [f"p{number}" for number in range(20)] # a hundred logins a minute each are allowed
    crowd = folder / "crowd.json"
    crowd.write_text(json.dumps({"people": [{"id": name} for name in names], "programs": [{"appid": APPID, "secret": SECRET}]}))
    platform = Platform("--world", str(crowd), "--store", store)
    token, held, cut = platform.token(), {}, None
    for number in range(1000):
        person = names[number % len(names)]
        try:
            session = platform.redeem(platform.host("login", person)["code"])
        except (OSError, http.client.HTTPException, AssertionError, ValueError):
            cut = person # this login's answer never came: it may have been kept or not
            break
        held[person] = session
        if number == 700:
            platform.process.send_signal(signal.SIGKILL)
    platform.stop(signal.SIGKILL)
    again = Platform("--world", str(crowd), "--store", store, "--rotate-keys")
    lost = [person for person, session in held.items()
            if again.ask("GET", "/wxa/checksession", {"access_token": token, "openid": session["openid"], "signature": session_mac(session),
                                                      "sig_method": "hmac_sha256"})[1]["errcode"] != 0]
    check("no acknowledged session is lost", len(held) == 20 and cut and lost in ([], [cut]), (cut, lost))
    status, errors = again.stop()
    check("SIGTERM ends it", status == 0 and not errors, errors)


def usage():
    check("an app is none of its words", run("platform", "app")[0] == 2)
    check("a port that is none", run("platform", "--port", "x")[0] == 2)
    check("a store that is none", run("platform", "--store", "redis:x")[0] == 1)
    broken = folder / "broken.json"
    broken.write_text('{\n  "people": [\n}')
    status, _, errors = run("platform", "--world", broken)
    check("a broken world, with its place", status == 1 and "broken.json:3:1: error" in errors, errors)
    check("help", "sqlite:FILE" in run("platform", "--help")[1])


usage()
server = Platform("--timeout", "2")
status, _, told = run("platform", "--port", server.port)
check("a port that is taken", status == 1 and "cannot listen" in told, told)
routes(server)
clients(server)
groups(server)
hostile(server)
code, printed = server.stop(signal.SIGINT)
check("SIGINT ends it", code == 0 and not printed, printed)
killed()
finish()
