"""Life cycle, routes and their errMsg, setData, events, the five kinds of API: told by what the program logs."""
import pathlib
import tempfile

from program import boxes, check, finish, package, page, run, texts

picture = pathlib.Path(tempfile.mkdtemp()) / "a.png"


def logs(app, *words):
    """The console lines, without their level."""
    status, _, errors = run("shot", app, "--out", picture, *words)
    lines = [line.split("] ", 1)[1] for line in errors.splitlines() if line.startswith("[")]
    return status, lines, errors


def expect(name, app, lines, *words, status=0):
    got, found, errors = logs(app, *words)
    check(name, found == lines and got == status, f"status {got}\ngot      {found}\nexpected {lines}\n{errors}")


PAGE = """
const name = '%s'
const say = (what) => console.log(name + '.' + what)
Page({
  onLoad(q) { say('onLoad ' + JSON.stringify(q)) }, onShow() { say('onShow') }, onReady() { say('onReady') },
  onHide() { say('onHide') }, onUnload() { say('onUnload') }, onTabItemTap(i) { say('tab ' + i.index) },
%s
})
"""


def program(scripts, tabs=(), launch=""):
    """Pages a, b, c ...: name -> more methods."""
    config = {"pages": [f"pages/{name}/{name}" for name in scripts]}
    if tabs:
        config["tabBar"] = {"color": "#000000", "selectedColor": "#ff0000", "backgroundColor": "#ffffff",
                            "list": [{"pagePath": f"pages/{name}/{name}", "text": name} for name in tabs]}
    files = {"app.json": config, "app.js": "App({ onLaunch(o) { console.log('launch ' + o.path) }, onShow() { console.log('show') },"
             " onError(e) { console.log('onError ' + e.split('\\n')[0]) }, onPageNotFound(i) { console.log('not found ' + i.path);"
             " wx.redirectTo({ url: '/pages/a/a' }) }," + launch + " })"}
    for name, script in scripts.items():
        files[f"pages/{name}/{name}.js"] = PAGE % (name, script)
        files[f"pages/{name}/{name}.wxml"] = f'<view id="v">{name}</view>'
    return package(files)


def go(kind, url, then="", when="onReady", options=""):
    return f"""{when}() {{ say('{when}'); wx.{kind}({{ url: '{url}', {options}
      success: (r) => {{ console.log(r.errMsg); {then} }}, fail: (r) => console.log(r.errMsg), complete: () => console.log('complete') }}) }},"""


START = ["launch pages/a/a", "show", "a.onLoad {}", "a.onShow", "a.onReady"]
expect("cold start", program({"a": ""}), START)
expect("navigateTo", program({"a": go("navigateTo", "../b/b?x=1&y=%20"), "b": ""}),
       START + ["a.onHide", 'b.onLoad {"x":"1","y":"%20"}', "b.onShow", "navigateTo:ok", "complete", "b.onReady"])
expect("redirectTo", program({"a": go("redirectTo", "/pages/b/b"), "b": ""}),
       START + ["a.onUnload", "b.onLoad {}", "b.onShow", "redirectTo:ok", "complete", "b.onReady"])
expect("navigateBack", program({"a": go("navigateTo", "/pages/b/b"), "b": go("navigateBack", "")}),
       START + ["a.onHide", "b.onLoad {}", "b.onShow", "navigateTo:ok", "complete", "b.onReady",
                "b.onUnload", "a.onShow", "navigateBack:ok", "complete"])
expect("reLaunch", program({"a": go("navigateTo", "/pages/b/b"), "b": go("reLaunch", "/pages/c/c?z=1"), "c": ""}),
       START + ["a.onHide", "b.onLoad {}", "b.onShow", "navigateTo:ok", "complete", "b.onReady",
                "b.onUnload", "a.onUnload", 'c.onLoad {"z":"1"}', "c.onShow", "reLaunch:ok", "complete", "c.onReady"])
expect("switchTab", program({"a": go("switchTab", "/pages/b/b"), "b": ""}, tabs=("a", "b")),
       START + ["a.onHide", "b.onLoad {}", "b.onShow", "switchTab:ok", "complete", "b.onReady"])

for name, app, line in [
    ("navigateTo a tab", program({"a": go("navigateTo", "/pages/b/b"), "b": ""}, tabs=("a", "b")),
     "navigateTo:fail can not navigateTo a tabbar page"),
    ("redirectTo a tab", program({"a": go("redirectTo", "/pages/b/b"), "b": ""}, tabs=("a", "b")),
     "redirectTo:fail can not redirectTo a tabbar page"),
    ("switchTab elsewhere", program({"a": go("switchTab", "/pages/b/b"), "b": ""}), "switchTab:fail can not switch to no-tabBar page"),
    ("an unknown page", program({"a": go("navigateTo", "/pages/x/x")}), 'navigateTo:fail page "pages/x/x" is not found'),
    ("back at the first page", program({"a": go("navigateBack", "")}), "navigateBack:fail cannot navigate back at first page"),
]:
    expect(name, app, START + [line, "complete"])
status, lines, errors = logs(program({"a": go("navigateTo", "/pages/a/a")}))
check("ten pages are the most", lines[-2:] == ["navigateTo:fail webview count limit exceed", "complete"]
      and lines.count("a.onShow") == 10, lines)
status, lines, errors = logs(program({"a": ""}), "--page", "pages/x/x")
check("onPageNotFound may redirect", lines == ["launch pages/x/x", "show", "not found pages/x/x"] + START[2:], lines)
status, lines, errors = logs(program({"a": "onReady() { null.x },"}))
check("an error goes to onError", status == 1 and any(line.startswith("onError TypeError") for line in lines), lines)


def script(body, template="<view>{{a}}</view>", **more):
    return page(f"Page({{ data: {{ a: 0 }}, {body} }})", template, **more)


def say(expression):
    return f"onReady() {{ console.log({expression}) }},"


expect("setData by path, at once for the script", script("onReady() { this.setData({ 'b.c[1].d': 2, a: 1 }, () => console.log('shown'));"
       " console.log(JSON.stringify(this.data)) },"), ['{"a":1,"b":{"c":[null,{"d":2}]}}', "shown"])
status, found, errors = boxes(script("onReady() { this.setData({ a: 'new' }) },"))
check("setData reaches the view", texts(found) == ["new"], (texts(found), errors))
status, lines, errors = logs(script("onReady() { this.setData({ 'a[ 1]': 2 }) },"))
check("a malformed path throws", "Only digits (0-9) can be put inside [] in the path string: a[ 1]" in errors, errors)
expect("order of a turn", script("onReady() { setTimeout(() => console.log('timer'), 0); Promise.resolve().then(() => console.log('promise'));"
       " console.log('now') },"), ["now", "promise", "timer"])
expect("modules", script(say("require('./m').n, require('./m.js') === require('m')"), **{
    "pages/a/m.js": "exports.n = module.exports === exports"}), ["true true"])
expect("ES modules", page("import n, { two as zwei } from './m'\nimport * as all from './m'\nPage({ onReady() { console.log(n, zwei, all.three()) } })", **{
    "pages/a/m.js": "export default 1\nexport const two = 2\nexport function three() { return 3 }"}), ["1 2 3"])
expect("no way out", script("onReady() { for (const f of [() => eval('1'), () => Function('return 1')(), () => WebAssembly,"
       " () => (async () => {}).constructor('return 1')(), () => [].constructor.constructor('return 1')()])"
       " { try { console.log('escaped', f()) } catch (e) { console.log(e.name) } } console.log(typeof window, typeof document) },"),
       ["EvalError", "EvalError", "ReferenceError", "EvalError", "EvalError", "undefined undefined"])
expect("storage", script("onReady() { wx.setStorageSync('k', { x: [1] }); console.log(JSON.stringify(wx.getStorageSync('k')), wx.getStorageSync('none') === '');"
       " wx.getStorage({ key: 'none', fail: (e) => console.log(e.errMsg) });"
       " wx.getStorageInfo({ success: (r) => console.log(r.keys.join(), r.limitSize) }) },"),
       ['{"x":[1]} true', "getStorage:fail data not found", "k 10240"])
expect("a wrong parameter", script("onReady() { wx.request({ url: 3, fail: (e) => console.log(e.errMsg) }) },"),
       ["request:fail parameter error: parameter.url should be String instead of Number;"])
expect("promise", script("async onReady() { const r = await wx.setStorage({ key: 'a', data: 1 }); console.log(r.errMsg);"
       " try { await wx.getStorage({ key: 'b' }) } catch (e) { console.log(e.errMsg) } },"), ["setStorage:ok", "getStorage:fail data not found"])
expect("canIUse", script(say("wx.canIUse('request.object.url'), wx.canIUse('button.open-type.share'), wx.canIUse('nothing'), wx.canIUse('showModal.cancel')")),
       ["true true false true"])
expect("getSystemInfo", script(say("wx.getSystemInfoSync().windowWidth, wx.getSystemInfoSync().pixelRatio")), ["375 2"])
expect("selector query", script("onReady() { wx.createSelectorQuery().select('#x').boundingClientRect().selectAll('.n').fields({ dataset: true, size: true })"
       ".selectViewport().scrollOffset().exec((r) => console.log(r[0].width, r[0].id, r[1].length, r[1][1].dataset.k, r[2].scrollTop)) },",
       '<view id="x" style="width: 100rpx">a</view><view class="n" data-k="{{1}}"/><view class="n" data-k="{{2}}"/>'), ["50 x 2 2 0"])
rules = pathlib.Path(tempfile.mkdtemp()) / "script.json"
rules.write_text('{"request": [{"url": "https://a.example/*", "delay": 20, "reply": {"statusCode": 201, "data": {"ok": true}}},'
                 ' {"url": "*", "fail": "timeout", "delay": 5}], "answers": {"showModal": {"confirm": true}}}')
expect("request", script("onReady() { const t = wx.request({ url: 'https://a.example/x', data: { q: '字' }, success: (r) => console.log(r.statusCode, r.data.ok, r.errMsg) });"
       " wx.request({ url: 'https://b.example/', fail: (e) => console.log(e.errMsg) });"
       " const aborted = wx.request({ url: 'https://a.example/y', fail: (e) => console.log(e.errMsg), complete: () => console.log('end') }); aborted.abort() },"),
       ["request:fail abort", "end", "request:fail timeout", "201 true request:ok"], "--script", rules)
expect("modal", script("onReady() { wx.showModal({ title: 't', content: 'c', success: (r) => console.log(r.confirm, r.cancel) }) },"), ["true false"],
       "--script", rules)

NEST = """<view id="outer" bindtap="outer" capture-bind:tap="capture" data-a-b="1">
  <view id="inner" {}="inner" data-n="{{{{5}}}}">x</view></view>"""
HANDLERS = "outer(e) { console.log('outer', e.target.id, e.currentTarget.dataset.aB) }, inner(e) { console.log('inner', e.currentTarget.dataset.n, e.detail.x > 0) }, capture() { console.log('capture') },"
expect("bubbling", script(HANDLERS, NEST.format("bindtap")), ["capture", "inner 5 true", "outer inner 1"], "--tap", "#inner")
expect("catching", script(HANDLERS, NEST.format("catchtap")), ["capture", "inner 5 true"], "--tap", "#inner")
expect("a missing handler", script("", '<view id="v" bindtap="none">x</view>'),
       ['Component "pages/a/a" does not have a method "none" to handle event "tap".'], "--tap", "#v")
expect("timers in order of time", script("onReady() { setTimeout(() => console.log(2), 20); const i = setInterval(() => { console.log(1); clearInterval(i) }, 10);"
       " const t = setTimeout(() => console.log('never'), 5); clearTimeout(t) },"), ["1", "2"])
expect("input's handler may replace the text", page("Page({ data: {}, typed(e) { console.log(e.detail.value); return e.detail.value.toUpperCase() },"
       " leave(e) { console.log('blur', e.detail.value) } })", '<input bindinput="typed" bindblur="leave" value="" /><view id="v">x</view>'),
       ["ab", "blur AB"], "--tap", "input", "--type", "ab", "--tap", "#v")
expect("event channel", program({"a": "onReady() { wx.navigateTo({ url: '/pages/b/b', events: { back: (x) => console.log('a got', x) },"
       " success: (r) => r.eventChannel.emit('to', 7) }) },", "b": "onLoad() { const c = this.getOpenerEventChannel(); c.on('to', (x) => { console.log('b got', x); c.emit('back', x + 1) }) },"}),
       ["launch pages/a/a", "show", "a.onLoad {}", "a.onShow", "a.onHide", "b.onShow", "b got 7", "a got 8", "b.onReady"])

finish()
