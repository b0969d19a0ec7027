"""mina share from outside: round trips with the platform inside and elsewhere, the example with its own backend, pictures."""
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import urllib.request

from picture import Picture
from program import check, finish, mina, page, root, run

example = root / "examples/share"
app = root / "test/apps/share"
APPID, SECRET = "wx5a7e000000000001", "0123456789abcdef0123456789abcdef"
card = pathlib.Path(tempfile.mkdtemp(prefix="mina-share-")) / "card.png"


def trip(*words, program=example):
    status, out, errors = run("share", program, "--json", "--quiet", *words)
    return status, json.loads(out) if out else {}, errors


def read(path):
    return Picture(path.read_bytes())


def at(picture, x, y):
    """The colour at a share of the width and height."""
    start = int(x * picture.width) * picture.size
    return tuple(picture.rows[int(y * picture.height)][start:start + 3])


def inside():
    status, seen, errors = trip("--page", "pages/card/card?id=tea", "--to", "group:family", "--to", "group:work", "--to", "bob",
                                "--button", "#forward", "--open-as", "bob", "--open-as", "carol", "--open-as", "dave", "--card", card)
    shares, opens = seen.get("shares", {}), seen.get("opens", [])
    check("a round trip", status == 0, errors)
    check("what the sender saw", shares["errMsg"] == "shareAppMessage:ok" and len(shares["shareTickets"]) == 2
          and shares["onShareAppMessage"]["target"]["id"] == "forward", shares)
    family, work = shares["openGId"]
    gids = {(one["person"], one["message"]): one.get("openGId") for one in opens}
    by_chat = {message["id"]: message["chat"] for message in shares["sent"]}
    check("the openers' groups are the sender's", all(gid == {"group:family": family, "group:work": work}.get(by_chat[message])
                                                      for (_, message), gid in gids.items()) and family != work, (family, work, gids))
    check("scenes", sorted(one["scene"] for one in opens) == [1007, 1044, 1044, 1044, 1044], opens)
    check("the card is a picture", read(card).width == 490)
    status, seen, _ = trip("--to", "group:family", "--open-as", "dave", "--page", "pages/card/card?id=book")
    check("a stranger gets no ticket", status == 0 and seen["opens"][0]["scene"] == 1008 and "openGId" not in seen["opens"][0], seen)
    check("cancel", trip("--cancel")[1]["shares"]["errMsg"] == "shareAppMessage:fail cancel")
    check("failure", trip("--to", "bob", "--fail", "network")[1]["shares"]["errMsg"] == "shareAppMessage:fail network")
    status, _, errors = trip("--to", "bob", "--page", "pages/bare/bare", program=app)
    check("no handler, no item", status == 1 and "no onShareAppMessage" in errors, errors)
    status, _, errors = trip("--to", "bob", "--button", "#none")
    check("no such button", status == 1 and "--button" in errors, errors)
    status, out, errors = trip("--to", "bob", "--as", "zoe")
    check("nobody of that name", status == 1 and "nobody called zoe" in errors and not out.get("shares"), (out, errors))
    status, out, errors = trip("--to", "group:none", "--to", "bob")
    check("no such chat", status == 1 and "alice has no chat group:none" in errors and not out.get("shares"), (out, errors))
    check("usage", run("share", example)[0] == 2 and run("share")[0] == 2)
    first, second = (run("share", example, "--to", "group:family", "--open-as", "bob")[1] for _ in range(2))
    check("the same bytes each time", first == second and "openGId" in run("share", example, "--to", "group:work", "--open-as", "dave",
                                                                          "--with-ticket")[1])


def pictures():
    def picture_of(*words, program=app):
        status, _, errors = trip("--to", "bob", "--card", card, *words, program=program)
        return read(card) if status == 0 else errors

    shown = picture_of("--page", "pages/any/any?plan=plain")
    # the card: 12 px of margin, the picture from 63 px on, 245 px wide
    check("the page's top, full width", at(shown, .5, .27) == (7, 193, 96) and at(shown, .06, .27) == (7, 193, 96), at(shown, .5, .27))
    own = picture_of("--page", "pages/any/any?plan=image")
    check("a picture of one's own covers the card", at(own, .1, .4) == (255, 0, 0) and at(own, .9, .4) == (0, 0, 255)
          and at(own, .5, .86) == (0, 255, 0), [at(own, x, y) for x, y in ((.1, .4), (.9, .4), (.5, .86))])
    tall = at(picture_of("--page", "pages/any/any?plan=tall"), .5, .86)
    check("a JPEG that is too high loses its bottom", tall[2] > 240 and tall[0] < 16, tall)
    old = picture_of("--page", "pages/any/any?plan=image", "--lib-version", "1.4.4")
    check("not before 1.5.0", at(old, .5, .27) == (7, 193, 96))
    jpeg = page("Page({onShareAppMessage: () => ({imageUrl: 'https://a.example/b.jpg'})})",
                style="page { background: #00f }")
    fixtures = pathlib.Path(tempfile.mkdtemp(prefix="mina-fixtures-"))
    (fixtures / "a.example").mkdir()
    shutil.copy(app / "wide.png", fixtures / "a.example/b.jpg")
    shown = picture_of("--fixtures", fixtures, program=jpeg)
    check("a picture over the network", at(shown, .1, .4) == (255, 0, 0), at(shown, .1, .4))
    shown = picture_of(program=jpeg)
    check("one that cannot be had leaves the page's", at(shown, .5, .5) == (0, 0, 255), at(shown, .5, .5))


def free_port():
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        return line.getsockname()[1]


def elsewhere():
    """The example as `make run` starts it: mina platform, its backend in Node.js, and two people's programs."""
    port = free_port()
    copy = pathlib.Path(tempfile.mkdtemp(prefix="mina-example-")) / "share"
    shutil.copytree(example, copy)
    (copy / "backend.js").write_text((copy / "backend.js").read_text().replace("9410", str(port)))
    platform = subprocess.Popen([str(mina), "platform", "--world", str(copy / "world.json"), "--host-key", "k"], stdout=subprocess.PIPE, text=True)
    address = platform.stdout.readline().split()[-1].rstrip("/")
    backend = subprocess.Popen(["node", str(copy / "backend/server.mjs")], stdout=subprocess.PIPE, text=True,
                               env=dict(os.environ, PLATFORM=address, APPID=APPID, SECRET=SECRET, PORT=str(port)))
    backend.stdout.readline()
    status, out, errors = run("share", copy, "--platform", address, "--platform-key", "k", "--network", "--page", "pages/card/card?id=tea",
                              "--to", "group:family", "--button", "#forward", "--open-as", "bob", "--open-as", "carol", "--json", "--card", card)
    seen = json.loads(out) if out else {}
    logged = re.findall(r"\[log\] group (\S+)", errors)
    check("with a platform elsewhere", status == 0, errors)
    check("each program's backend decrypts the same openGId", len(logged) == 3 and set(logged) == {seen["shares"]["openGId"][0]}, (logged, seen))
    sent = seen["shares"]["sent"][0]["card"]
    check("a dynamic message says how many have joined", sent.get("state", {}).get("text") == "成员正在加入，当前 1/5 人", sent)
    status, out, errors = run("share", copy, "--platform", address, "--platform-key", "wrong", "--page", "pages/card/card?id=book", "--to",
                              "group:family", "--with-ticket", "--json")
    check("a wrong host key is told", "host key" in out + errors, (out, errors))
    (copy / "mina.json").write_text(json.dumps({"world": "world.json", "platform": {"url": address, "key": "k"}, "libVersion": "2.3.0"}))
    status, out, errors = run("share", copy, "--network", "--page", "pages/card/card?id=book", "--to", "group:family", "--json")
    check("by mina.json, too", status == 0 and len(json.loads(out)["shares"]["openGId"][0]) == 28, (out, errors))
    (copy / "mina.json").write_text('{"world": 7,\n "platfrom": {}}')
    status, out, errors = run("share", copy, "--to", "bob", "--quiet")
    check("a wrong mina.json is told", "platfrom" in errors and "platform" in errors, errors)
    for process in (backend, platform):
        process.terminate()
        process.wait(60)
        process.stdout.close()
    status, out, errors = run("share", copy, "--platform", address, "--platform-key", "k", "--to", "group:family", "--with-ticket", "--json")
    check("a platform that is gone", "shareAppMessage:fail" in out, (out, errors))


def entered():
    """A program opened as from a group (the developer tool's scene 1044)."""
    log = page("Page({})", **{"app.js": "App({ onLaunch({ scene, shareTicket }) { console.log(scene, typeof shareTicket) } })"})
    check("as from a group", "1044 string" in run("shot", log, "--as", "bob", "--group", "family", "--out", card)[2])
    status, _, errors = run("shot", log, "--as", "bob", "--group", "work", "--out", card)
    check("not from a group of others", status == 1 and "not a member" in errors, errors)


class Copy:
    """The example as another program: its own appid, its own backend made of npm packages, at its own port."""

    def __init__(self, address, appid, secret):
        self.port = free_port()
        self.app = pathlib.Path(tempfile.mkdtemp(prefix="mina-example-")) / "share"
        shutil.copytree(example, self.app)
        for name, old, new in (("backend.js", "9410", str(self.port)), ("project.config.json", APPID, appid), ("world.json", APPID, appid),
                               ("world.json", SECRET, secret)):
            (self.app / name).write_text((self.app / name).read_text().replace(old, new))
        self.backend = subprocess.Popen(["node", str(root / "test/e2e/clients/backend.mjs"), address, appid, secret, str(self.port)],
                                        cwd=self.app, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.backend.stdout.readline()

    def stop(self):
        self.backend.stdin.close()
        self.backend.stdout.close()
        return self.backend.wait(60)


def devices():
    """A person's own screen, and ones that cannot be drawn."""
    world = card.parent / "devices.json"
    world.write_text(json.dumps({"people": [{"id": "a", "device": {"width": 300, "height": 500, "dpr": 3}}, {"id": "big", "device": {
        "width": 9000, "height": 9000, "dpr": 8}}, {"id": "none", "device": {"width": 0, "height": 0, "dpr": 0}}]}))
    for person in ("a", "big", "none"):
        status, out, errors = run("share", example, "--world", world, "--as", person, "--to", "big" if person == "a" else "a", "--open-as", "none",
                                  "--card", card, "--quiet")
        check(f"the screen of {person}", status == 0 and ("cannot be drawn" in errors) == (person != "a" or "none" in out), errors)


def people():
    """A shares to a group with a ticket, B and C open it; each program's own backend exchanges the code and decrypts."""
    programs = {"wx" + os.urandom(8).hex(): os.urandom(16).hex() for _ in range(2)}
    world = card.parent / "programs.json"
    world.write_text(json.dumps({"programs": [{"appid": appid, "secret": secret} for appid, secret in programs.items()]}))
    platform = subprocess.Popen([str(mina), "platform", "--world", str(world), "--host-key", "k"], stdout=subprocess.PIPE, text=True)
    address = platform.stdout.readline().split()[-1].rstrip("/")
    seen = {}
    for appid, secret in programs.items():
        copy = Copy(address, appid, secret)
        for group, sender, openers in (("family", "alice", ("bob", "carol")), ("work", "carol", ("alice", "dave"))):
            words = [word for person in openers for word in ("--open-as", person)]
            status, out, errors = run("share", copy.app, "--platform", address, "--platform-key", "k", "--network", "--page",
                                      "pages/card/card?id=book", "--as", sender, "--to", f"group:{group}", "--button", "#forward", *words, "--json")
            found = re.findall(r"\[log\] group (\S+)", errors)
            check(f"{group}: three people's backend has decrypted", status == 0 and len(found) == 3 and len(set(found)) == 1, (status, errors))
            seen[appid, group] = found[0] if found else None
            printed = json.loads(out) if out else {}
            check(f"{group}: and so does mina share", printed and {printed["shares"]["openGId"][0], *(one["openGId"] for one in printed["opens"])}
                  == set(found), printed)
        status, out, errors = run("share", copy.app, "--platform", address, "--platform-key", "k", "--network", "--page", "pages/card/card?id=book",
                                  "--to", "group:family", "--open-as", "dave", "--json")
        opened = json.loads(out)["opens"][0] if out else {}
        check("a stranger gets none", status == 0 and "shareTicket" not in opened["launch"] and errors.count("[log] group") == 1, errors)
        check("the backend ends", copy.stop() == 0)
    check("another group's and another program's differ", len(set(seen.values())) == 4, seen)
    platform.terminate()
    platform.wait(60)
    platform.stdout.close()


def started():
    """examples/share/run.sh, as make run starts it."""
    process = subprocess.Popen(["sh", str(example / "run.sh")], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                               env=dict(os.environ, MINA=str(mina), PORT=str(free_port())), start_new_session=True)
    lines = []
    while not any("stop with Ctrl-C" in line for line in lines):
        lines.append(process.stdout.readline())
        if not lines[-1]:
            break
    address = re.search(r"(http://127.0.0.1:\d+/\w+/) \(stop", "".join(lines))
    shown = urllib.request.urlopen(f"{address[1]}phone/alice.png", timeout=60).read() if address else b""
    check("make run shows the example", shown.startswith(b"\x89PNG"), lines)
    os.killpg(process.pid, signal.SIGINT)
    rest = process.communicate(timeout=60)[0]
    rest = [line for line in rest.splitlines() if not line.startswith("backend at")]
    check("and Ctrl-C ends all of it", process.returncode in (0, 130) and not rest, (process.returncode, rest))


inside()
pictures()
entered()
devices()
people()
started()
elsewhere()
finish()
