"""Broken packages: a diagnostic with its place, never a crash."""
import struct

from program import boxes, check, finish, package, page, run

APP = {"app.json": {"pages": ["pages/a/a"]}, "app.js": "App({})"}
PAGE = {"pages/a/a.js": "Page({})", "pages/a/a.wxml": "<view>x</view>"}


def both(name, app, words, expected=1):
    """check and shot end by themselves; what check prints has all the words."""
    status, out, errors = run("check", app)
    check(f"{name}: check ends with {expected}", status == expected, (status, out, errors))
    for word in words:
        check(f"{name}: says {word}", word in errors, errors)
    status, _, errors = run("shot", app, "--out", app.parent / "mina-broken.png" if app.is_dir() else "/dev/null")
    check(f"{name}: shot ends", status in (0, 1), (status, errors))


both("no app.json", package({"a.txt": "x"}), ["app.json"])
both("empty app.json", package({"app.json": "", "app.js": ""}), ["app.json"])
both("bad JSON", package({**APP, **PAGE, "app.json": '{\n  "pages": ["pages/a/a",]\n}'}), ["app.json:2:"])
both("pages of a wrong type", package({**APP, **PAGE, "app.json": '{"pages": 3}'}), ["app.json:1:", "pages"])
both("no app.js", package({"app.json": {"pages": ["pages/a/a"]}, **PAGE}), ["app.js"])
both("missing page", package({**APP, "app.json": {"pages": ["pages/a/a", "pages/b/b"]}, **PAGE}), ["pages/b/b"])
both("missing template", package({**APP, "pages/a/a.js": "Page({})"}), ["pages/a/a.wxml"])
both("unclosed tag", page(template="<view>\n  <text>a\n</view>"), ["pages/a/a.wxml:2:3"])
both("stray end tag", page(template="<view></view></text>"), ["pages/a/a.wxml:1:14"])
both("unclosed braces", page(template="<view>{{ a </view>"), ["pages/a/a.wxml:1:"])
both("bad expression", page(template='<view class="{{ a + }}"></view>'), ["pages/a/a.wxml:1:"])
both("unknown component", page(config={"usingComponents": {"x-y": "./nowhere"}}, template="<x-y/>"), ["x-y", "nowhere"])
both("a script that cannot be read", page(script="Page({\n  data: {,}\n})"), [], expected=1)
both("circular import", page(template='<import src="b.wxml"/><include src="b.wxml"/>', **{
    "pages/a/b.wxml": '<import src="a.wxml"/><include src="a.wxml"/>'}), ["pages/a/"])
both("circular style", page(style='@import "b.wxss";', **{"pages/a/b.wxss": '@import "a.wxss"; view { color: red }'}), [], expected=0)
both("circular require", page(script="const b = require('./b.js'); Page({})", **{
    "pages/a/b.js": "const a = require('./a.js'); module.exports = 1"}), [], expected=0)
both("missing require", page(script="require('./none.js'); Page({})"), [], expected=0)
both("megabyte attribute", page(template=f'<view class="{"a " * 500000}" data-x="{"y" * 1000000}">z</view>'), [], expected=0)
both("deep nesting", page(template="<view>" * 20000 + "</view>" * 20000), ["pages/a/a.wxml:1:"])
both("deep expression", page(template="<view>{{" + "(" * 50000 + "a" + ")" * 50000 + "}}</view>"), ["pages/a/a.wxml:1:"])
both("deep JSON", page(config="x", **{"pages/a/a.json": "[" * 100000}), ["pages/a/a.json:1:"])
both("UTF-16", package({**APP, **PAGE, "pages/a/a.wxml": "<view>字</view>".encode("utf-16")}), ["pages/a/a.wxml"])
both("GBK", package({**APP, **PAGE, "pages/a/a.wxml": "<view>中文字</view>".encode("gbk")}), ["pages/a/a.wxml"])
both("NUL bytes", package({**APP, "pages/a/a.js": b"Page({ data: { a: '\0' } })", "pages/a/a.wxml": b"<view>\0</view>\0"}), [], expected=0)
both("broken style", page(style="view { color: ; width: 3pxx; } } .a { /* no end"), [], expected=0)
both("no data at all", page(script="", template=""), [], expected=0)


def archive(files, cut=None):
    """A .wxapkg: 0xBE, info, index length, body length, 0xED, count, (name, offset, size)..., bodies."""
    index, body, at = b"", b"", 18 + sum(12 + len(name.encode()) for name in files)
    for name, text in files.items():
        raw, data = name.encode(), text.encode()
        index += struct.pack(">I", len(raw)) + raw + struct.pack(">II", at + len(body), len(data))
        body += data
    index = struct.pack(">I", len(files)) + index
    whole = b"\xbe" + struct.pack(">III", 0, len(index), len(body)) + b"\xed" + index + body
    return whole[:cut] if cut else whole


FILES = {"/app.json": '{"pages": ["pages/a/a"]}', "/app.js": "App({})", "/pages/a/a.js": "Page({})", "/pages/a/a.wxml": "<view>hello</view>"}
folder = package({"good.wxapkg": archive(FILES)})
status, out, errors = run("check", folder / "good.wxapkg")
check("an archive is a package", status == 0, (out, errors))
status, out, errors = run("shot", folder / "good.wxapkg", "--out", folder / "a.png")
check("an archive has a picture", status == 0, (out, errors))
for cut in (1, 5, 13, 14, 17, 20, 40, 100, len(archive(FILES)) - 5):
    (folder / "cut.wxapkg").write_bytes(archive(FILES, cut))
    status, out, errors = run("check", folder / "cut.wxapkg")
    check(f"an archive cut at {cut}", status == 1 and "error" in errors, (status, out, errors))

status, _, errors = run("shot", page(script="Page({ onLoad() { for (;;) {} } })"), "--out", folder / "a.png", "--time-limit", 300)
check("an endless loop is stopped and told", status == 1 and "pages/a/a.js" in errors, (status, errors))
grown = "<view class='a'>" * 12 + "x" + "</view>" * 12 + "<view class='z'>z</view>"
status, found, errors = boxes(page(template=grown, style=".a { transform: scale(1e37) } .z { width: 50px; height: 50px }"))
check("scales upon scales stay numbers", status == 0 and all(abs(box[side]) < 1e10 for box in found.values()
      for side in ("x", "y", "width", "height")), (status, errors))
large = page(**{"big.png": bytes(3 << 20), "left.zip": bytes(3 << 20), "project.config.json":
             {"packOptions": {"ignore": [{"type": "suffix", "value": ".zip"}]}}})
status, out, errors = run("check", large)
check("a package that is too large to upload is told, without what is ignored",
      status == 0 and "has 3.00 MB" in errors and "0 errors, 1 warnings" in out, (status, out, errors))
forever = "Page({ onLoad() { (async () => { for (;;) await 0 })() } })"
status, _, errors = run("shot", page(script=forever), "--out", folder / "a.png", "--time-limit", 300)
check("promise jobs without an end end the process and are told", status == 1 and "promise" in errors, (status, errors))
status, _, errors = run("shot", page(script="Page({\n  onLoad() {\n    null.x\n  }\n})"), "--out", folder / "a.png")
check("a script error has its file and line", status == 1 and "pages/a/a.js:3:" in errors, (status, errors))
status, _, errors = run("shot", page(script="Page({ onLoad() { Promise.reject(new Error('no')) } })"), "--out", folder / "a.png")
check("an unhandled rejection is told", status == 1 and "no" in errors, (status, errors))

finish()
