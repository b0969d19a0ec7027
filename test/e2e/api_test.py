"""The wx calls one by one: what success, fail and complete are told, the errMsg, wrong parameters; what the Sync ones give or throw."""
import json
import pathlib
import tempfile
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

from program import check, finish, page, run

ANSWERS = {
    "scanCode": [{"result": "码", "scanType": "QR_CODE", "charSet": "UTF-8"}, {"$fail": "cancel"}], "makePhoneCall": [{}, {"$fail": "cancel"}],
    "vibrateLong": [{}, {"$fail": "no motor"}], "getNetworkType": {"networkType": "4g"}, "showActionSheet": [{"tapIndex": 0}, {"$fail": "cancel"}],
    "showModal": [{"confirm": True}, {"confirm": False}],
}
REPLIES = [
    {"url": "https://a.example/?q=%E5%AD%97%20%26&list=%5B1%5D&n=2", "reply": {"data": {"ok": True}}},
    {"url": "https://a.example/?x=1&y=2", "reply": {"data": "[1]"}},
    {"url": "https://a.example/gone", "reply": {"statusCode": 404, "data": "{no json"}},
    {"url": "https://a.example/raw", "reply": {"data": '{"a":1}'}},
    {"url": "https://a.example/bom", "reply": {"bytes": "base64:77u/eyJhIjoxfQ=="}},
    {"url": "https://a.example/bytes", "reply": {"bytes": "base64:AP8="}},
    {"url": "https://a.example/slow", "fail": "timeout", "delay": 10},
]
PAGE = """
const bytes = (b) => Array.from(new Uint8Array(b))
const plain = (r) => JSON.stringify(r, (k, v) => v instanceof ArrayBuffer ? bytes(v) : v === undefined ? 'undefined' : v)
const calls = [%s]
const sync = [%s]
function next(i) {
  if (i == calls.length) return
  const told = [], say = (name) => (...args) => { told.push([name, ...args]); if (name == 'complete') setTimeout(() => { console.log('@' + plain(told)); next(i + 1) }, 1) }
  const [name, options] = calls[i]
  wx[name]({ ...options, success: say('success'), fail: say('fail'), complete: say('complete') })
}
Page({
  onReady() {
    for (const f of sync) { try { console.log('=' + plain([f()])) } catch (e) { console.log('=' + plain('thrown ' + e.message)) } }
    next(0)
  },
  onPullDownRefresh() { console.log('pulled') },
})
"""


def program(calls, sync):
    rows = ", ".join("['%s', %s]" % tuple(call.split(" ", 1)) for call in calls)
    return page(PAGE % (rows, ", ".join(f"() => {row}" for row in sync)), '<view style="height: 2000px"></view><view id="far">x</view>', **{
        "ext.json": {"extEnable": True, "extAppid": "wx1", "ext": {"shop": 7}}, "pages/a/a.json": {"enablePullDownRefresh": True}})


def results(app, *words):
    """What the calls and the Sync ones said, in order."""
    rules = pathlib.Path(tempfile.mkdtemp())
    (rules / "script.json").write_text(json.dumps({"answers": ANSWERS, "request": REPLIES}))
    _, _, errors = run("shot", app, "--out", rules / "a.png", "--script", rules / "script.json", *words)
    lines = [line.split("] ", 1)[1] for line in errors.splitlines() if line.startswith("[")]
    return [json.loads(line[1:]) for line in lines if line[0] == "@"], [json.loads(line[1:]) for line in lines if line[0] == "="], errors


def wrong(name, expected, found="Undefined"):
    return f"parameter error: parameter.{name} should be {expected} instead of {found};"


# call -> the fields of the answer beside errMsg, or the text behind "NAME:fail "
CALLS = [
    ("getExtConfig {}", {"extConfig": {"shop": 7}}),
    ("getNetworkType {}", {"networkType": "4g"}),
    ("vibrateShort {}", {}),
    ("vibrateLong {}", {}),
    ("vibrateLong {}", "no motor"),
    ("getClipboardData {}", {"data": ""}),
    ("setClipboardData { data: 'x字' }", {}),
    ("getClipboardData {}", {"data": "x字"}),
    ("setClipboardData {}", wrong("data", "String")),
    ("setClipboardData { data: 5 }", wrong("data", "String", "Number")),
    ("makePhoneCall { phoneNumber: '10086' }", {}),
    ("makePhoneCall { phoneNumber: '10086' }", "cancel"),
    ("makePhoneCall { phoneNumber: 10086 }", wrong("phoneNumber", "String", "Number")),
    ("scanCode { onlyFromCamera: true }", {"result": "码", "scanType": "QR_CODE", "charSet": "UTF-8"}),
    ("scanCode {}", "cancel"),
    ("setStorage { key: 'k', data: [1, { a: null }] }", {}),
    ("setStorage { data: 1 }", wrong("key", "String")),
    ("setStorage { key: 7, data: 1 }", wrong("key", "String", "Number")),
    ("getStorage { key: 'k' }", {"data": [1, {"a": None}]}),
    ("getStorage { key: 'none' }", "data not found"),
    ("getStorage {}", wrong("key", "String")),
    ("getStorageInfo {}", {"keys": ["k"], "currentSize": 1, "limitSize": 10240}),
    ("removeStorage { key: 'k' }", {}),
    ("removeStorage { key: 'k' }", {}),
    ("removeStorage {}", wrong("key", "String")),
    ("getStorage { key: 'k' }", "data not found"),
    ("setStorage { key: 'z', data: 'z' }", {}),
    ("clearStorage {}", {}),
    ("getStorageInfo {}", {"keys": [], "currentSize": 0, "limitSize": 10240}),
    ("showToast { title: 't', icon: 'none', mask: true }", {}),
    ("showToast {}", wrong("title", "String")),
    ("showToast { title: 5 }", wrong("title", "String", "Number")),
    ("showToast { title: 't', duration: 'x' }", wrong("duration", "Number", "String")),
    ("hideToast {}", {}),
    ("hideToast {}", {}),
    ("showLoading { title: 't', mask: true }", {}),
    ("showLoading {}", wrong("title", "String")),
    ("hideLoading {}", {}),
    ("showModal { title: 't' }", {"confirm": True, "cancel": False}),
    ("showModal { title: 't' }", {"confirm": False, "cancel": True}),
    ("showModal { title: 't', confirmText: 5 }", wrong("confirmText", "String", "Number")),
    ("showActionSheet { itemList: ['a'] }", {"tapIndex": 0}),
    ("showActionSheet { itemList: ['a'] }", "cancel"),
    ("showActionSheet {}", wrong("itemList", "Array")),
    ("showActionSheet { itemList: 'a' }", wrong("itemList", "Array", "String")),
    ("showActionSheet { itemList: [] }", "parameter error: parameter.itemList should have at least 1 item;"),
    ("showActionSheet { itemList: ['1', '2', '3', '4', '5', '6', '7'] }", "parameter error: itemList should not be large than 6"),
    ("setNavigationBarTitle { title: 'x' }", {}),
    ("setNavigationBarTitle {}", wrong("title", "String")),
    ("setNavigationBarColor { frontColor: '#ffffff', backgroundColor: '#123456', animation: { duration: 100, timingFunc: 'easeIn' } }", {}),
    ("setNavigationBarColor { frontColor: '#FFFFFF', backgroundColor: '#123456' }", {}),
    ("setNavigationBarColor { frontColor: '#fff', backgroundColor: '#123456' }", 'invalid frontColor "#fff"'),
    ("setNavigationBarColor { frontColor: '#ffffff' }", wrong("backgroundColor", "String")),
    ("showNavigationBarLoading {}", {}),
    ("hideNavigationBarLoading {}", {}),
    ("startPullDownRefresh {}", {}),
    ("stopPullDownRefresh {}", {}),
    ("pageScrollTo { scrollTop: 100, duration: 0 }", {}),
    ("pageScrollTo { selector: '#far', duration: 0 }", {}),
    ("pageScrollTo { selector: '#none' }", "selector not found"),
    ("pageScrollTo { scrollTop: 'x' }", wrong("scrollTop", "Number", "String")),
    ("pageScrollTo {}", wrong("scrollTop", "Number")),
    ("navigateTo {}", wrong("url", "String")),
    ("redirectTo { url: 5 }", wrong("url", "String", "Number")),
    ("switchTab {}", wrong("url", "String")),
    ("reLaunch {}", wrong("url", "String")),
    ("reLaunch { url: '/none' }", 'page "none" is not found'),
    ("navigateBack { delta: 'x' }", wrong("delta", "Number", "String")),
    ("request {}", wrong("url", "String")),
    ("request { url: 'x' }", 'invalid url "x"'),
    ("request { url: 'https://a.example/', method: 'FETCH' }", 'method is invalid "FETCH"'),
    ("request { url: 'https://a.example/', header: 5 }", wrong("header", "Object", "Number")),
    ("request { url: 'https://a.example/slow' }", "timeout"),
    ("request { url: 'https://a.example/', data: { q: '字 &', list: [1], n: 2 } }", {"data": {"ok": True}, "statusCode": 200}),
    ("request { url: 'https://a.example/?x=1', data: { y: 2 } }", {"data": [1]}),
    ("request { url: 'https://a.example/gone' }", {"data": "{no json", "statusCode": 404}),
    ("request { url: 'https://a.example/raw' }", {"data": {"a": 1}}),
    ("request { url: 'https://a.example/raw', dataType: 'text' }", {"data": '{"a":1}'}),
    ("request { url: 'https://a.example/bom' }", {"data": {"a": 1}}),
    ("request { url: 'https://a.example/bytes', responseType: 'arraybuffer' }", {"data": [0, 255]}),
    ("checkSession {}", "session expired"),
    ("getSetting {}", {"authSetting": {}}),
    ("authorize { scope: 'scope.userLocation' }", {}),
    ("getSetting {}", {"authSetting": {"scope.userLocation": True}}),
    ("authorize { scope: 'scope.none' }", "invalid scope"),
    ("authorize {}", wrong("scope", "String", "Undefined")),
    ("getUserInfo { withCredentials: true }", "login first"),
    ("uploadFile { url: 'https://a.example', filePath: 'x', name: 'y' }", "not supported"),
    ("chooseImage {}", "not supported"),
]

# expression -> its value, or "thrown MESSAGE"
THROWN = "thrown {}:fail parameter error: the argument should be {};"
SYNC = [
    ("wx.getExtConfigSync()", {"shop": 7}),
    ("wx.getAccountInfoSync()", {"miniProgram": {"appId": "wx1", "envVersion": "develop", "version": ""}}),
    ("wx.arrayBufferToBase64(new Uint8Array([0, 255, 16, 4]).buffer)", "AP8QBA=="),
    ("wx.arrayBufferToBase64(new Uint8Array([0, 255, 16]).buffer)", "AP8Q"),
    ("wx.arrayBufferToBase64(new Uint8Array([0, 255]).buffer)", "AP8="),
    ("wx.arrayBufferToBase64(new ArrayBuffer(0))", ""),
    ("wx.arrayBufferToBase64('x')", THROWN.format("arrayBufferToBase64", "an ArrayBuffer")),
    ("wx.arrayBufferToBase64()", THROWN.format("arrayBufferToBase64", "an ArrayBuffer")),
    ("wx.base64ToArrayBuffer('AP8QBA==')", [0, 255, 16, 4]),
    ("wx.base64ToArrayBuffer('AP8=')", [0, 255]),
    ("wx.base64ToArrayBuffer('')", []),
    ("wx.base64ToArrayBuffer('x') instanceof ArrayBuffer", True),
    ("wx.base64ToArrayBuffer(5)", THROWN.format("base64ToArrayBuffer", "a String")),
    ("wx.base64ToArrayBuffer()", THROWN.format("base64ToArrayBuffer", "a String")),
    ("wx.getMenuButtonBoundingClientRect()", {"width": 87, "height": 32, "top": 24, "right": 368, "bottom": 56, "left": 281}),
    ("wx.getLaunchOptionsSync()", {"path": "pages/a/a", "query": {}, "scene": 1001, "referrerInfo": {}}),
    ("wx.getEnterOptionsSync().scene", 1001),
    ("['screenWidth', 'windowHeight', 'pixelRatio', 'statusBarHeight', 'fontSizeSetting'].map((k) => wx.getSystemInfoSync()[k])", [375, 667, 2, 20, 16]),
    ("['brand', 'model', 'language', 'version', 'system', 'platform', 'SDKVersion'].map((k) => typeof wx.getSystemInfoSync()[k]).join()",
     ",".join(["string"] * 7)),
    ("wx.getWindowInfo().windowWidth + wx.getDeviceInfo().model + typeof wx.getAppBaseInfo().SDKVersion", "375iPhone 6string"),
    ("wx.setStorageSync('a', { x: [1] })", "undefined"),
    ("wx.setStorageSync(5, 'five')", "undefined"),
    ("wx.getStorageSync('a')", {"x": [1]}),
    ("wx.getStorageSync('5')", "five"),
    ("wx.getStorageSync('none')", ""),
    ("wx.getStorageInfoSync()", {"keys": ["a", "5"], "currentSize": 1, "limitSize": 10240}),
    ("wx.removeStorageSync('a')", "undefined"),
    ("wx.removeStorageSync('none')", "undefined"),
    ("wx.getStorageSync('a')", ""),
    ("wx.clearStorageSync()", "undefined"),
    ("wx.getStorageInfoSync()", {"keys": [], "currentSize": 0, "limitSize": 10240}),
] + [(f"wx.canIUse('{name}')", True) for name in (
    "showToast", "getSystemInfoSync.return.screenWidth", "getSystemInfo.success.screenWidth", "showToast.object.image",
    "request.success.statusCode", "text.selectable", "button.open-type.contact", "switch.type.checkbox", "checkbox.color", "SelectorQuery.exec",
    "onNetworkStatusChange", "createIntersectionObserver", "IntersectionObserver.relativeTo", "createMediaQueryObserver", "NodesRef.node")] + [(f"wx.canIUse('{name}')", False) for name in (
        "", "none", "showToast.object.none", "switch.type.round", "chooseImage")]

told, values, errors = results(program([call for call, _ in CALLS], [row for row, _ in SYNC]))
check("every call ends", len(told) == len(CALLS) and len(values) == len(SYNC), (len(told), len(values), errors[-2000:]))
for (call, expected), got in zip(CALLS, told):
    name = call.split()[0]
    good = isinstance(expected, dict)
    message = f"{name}:ok" if good else f"{name}:fail {expected}"
    fields = {**(expected if good else {}), "errMsg": message}
    whole = name != "request" or not good  # header and cookies are there besides
    order = [entry[0] for entry in got] == ["success" if good else "fail", "complete"] and len(got[0]) == 2
    holds = order and got[0][1] == got[1][1] and (got[0][1] == fields if whole else {**got[0][1], **fields} == got[0][1])
    check(call, holds, got)
for (row, expected), got in zip(SYNC, values):
    check(row, got == (expected if isinstance(expected, str) and expected.startswith("thrown") else [expected]), got)
check("startPullDownRefresh calls onPullDownRefresh", "pulled" in errors, errors[-500:])


class Echo(BaseHTTPRequestHandler):
    """Says what it was sent."""
    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        answer = json.dumps([self.command, self.headers.get("Content-Type"), self.headers.get("X-Own"), body.decode("latin-1")]).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)
    do_PUT = do_GET = do_POST

    def log_message(self, *args):
        pass


server = HTTPServer(("127.0.0.1", 0), Echo)
threading.Thread(target=server.serve_forever, daemon=True).start()
JSON, FORM = "application/json", "application/x-www-form-urlencoded"
SENT = [
    ("method: 'POST', data: { a: [1], b: '字' }, header: { 'X-Own': 'y' }", ["POST", JSON, "y", '{"a":[1],"b":"字"}']),
    (f"method: 'POST', header: {{ 'Content-Type': '{FORM}' }}, data: {{ a: 'b c&', d: 2, e: [1] }}", ["POST", FORM, None, "a=b%20c%26&d=2&e=%5B1%5D"]),
    ("method: 'PUT', data: 'as it is', header: { 'content-type': 'text/plain' }", ["PUT", "text/plain", None, "as it is"]),
    ("method: 'POST', data: new Uint8Array([1, 200]).buffer", ["POST", JSON, None, "\x01\xc8"]),
    ("method: 'POST'", ["POST", JSON, None, ""]),
    ("method: 'POST', data: [1, 2]", ["POST", JSON, None, "[1,2]"]),
]
url = f"http://127.0.0.1:{server.server_port}/"
told, _, errors = results(program([f"request {{ url: '{url}', {options} }}" for options, _ in SENT], []), "--network")
server.shutdown()
for (options, expected), got in zip(SENT, told):
    data = got[0][1].get("data", got)
    if isinstance(data, list) and len(data) == 4:
        data[3] = data[3].encode("latin-1").decode("utf-8") if "字" in expected[3] else data[3]
    check(f"request sends {options}", data == expected, got)
check("every request ends", len(told) == len(SENT), errors)


def logs(name, body, expected, template="<view>x</view>", **more):
    """onReady's body; `log` says JSON."""
    script = f"const log = (...a) => console.log('=' + plain(a))\n{PAGE.split('const calls')[0]}\nPage({{ data: {{ a: 0 }}, onReady() {{ {body} }} }})"
    _, values, problems = results(page(script, template, **more))
    check(name, values == expected, (values, problems[-1000:]))


logs("nextTick comes behind the turn", "wx.nextTick(() => log('tick')); this.setData({ a: 1 }, () => log('set')); wx.nextTick(5); log('now')",
     [["now"], ["tick"], ["set"]])
logs("a callback that throws keeps complete", "wx.hideToast({ success() { null.x }, complete: (r) => log(r.errMsg) })", [["hideToast:ok"]])
logs("callbacks alone, none, a promise", "wx.hideToast({ complete: (r) => log(1) }); wx.hideToast(); wx.hideToast({}).then((r) => log(r.errMsg));"
     " wx.showToast({}).catch((e) => log(e.errMsg)); log(typeof wx.hideToast({ success() {} }))",
     [["undefined"], ["showToast:fail " + wrong("title", "String")], [1], ["hideToast:ok"]])
logs("listeners come and go", "const f = () => {}; wx.onNetworkStatusChange(f); wx.onNetworkStatusChange(5); wx.offNetworkStatusChange(f); wx.offNetworkStatusChange();"
     " log(typeof wx.onNetworkStatusChange(f))", [["undefined"]])
logs("a RequestTask tells its headers, and may be aborted late", "const t = wx.request({ url: 'https://a.example/raw', success: (r) => { log(r.statusCode); t.abort(); t.abort() },"
     " complete: () => log('end') }); const off = () => log('never'); t.onHeadersReceived(off); t.offHeadersReceived(off); t.onHeadersReceived((h) => log(typeof h.header));"
     " const u = wx.request({ url: 'https://a.example/slow', fail: (e) => log(e.errMsg) }); u.abort(); u.abort()",
     [["object"], [200], ["end"], ["request:fail abort"]])
BOX = '<view id="x" class="q" data-k="v" style="width: 50px; height: 20px; color: red; overflow: auto"><view style="height: 90px"></view></view><input class="i" value="in"/>'
logs("every kind of field", "wx.createSelectorQuery().select('#x').fields({ id: true, dataset: true, rect: true, size: true, scrollOffset: true, computedStyle: ['color', 'none'] }, (r) => log(r))"
     ".exec()", [[{"id": "x", "dataset": {"k": "v"}, "left": 0, "right": 50, "top": 0, "bottom": 20, "width": 50, "height": 20, "scrollLeft": 0,
                   "scrollTop": 0, "scrollWidth": 50, "scrollHeight": 90, "color": "rgb(255, 0, 0)"}]], BOX)
logs("what matches nothing", "const q = wx.createSelectorQuery(); q.select('.no').boundingClientRect(); q.selectAll('.no').boundingClientRect(); q.select('((').boundingClientRect();"
     " q.exec((r) => log(r))", [[[None, [], None]]], BOX)
logs("a query may be asked twice, of this page or all", "const q = this.createSelectorQuery().in(this).select('#x').fields({ size: true }); q.exec((r) => log(r)); q.exec((r) => log(r));"
     " log(q.exec() === undefined)", [[False], [[{"width": 50, "height": 20}]], [[{"width": 50, "height": 20}]]], BOX)

OLD = "log(typeof wx.createIntersectionObserver, wx.canIUse('IntersectionObserver'), wx.canIUse('NodesRef.node')); const q = wx.createSelectorQuery();" \
    " log(typeof q.select('#x').node, typeof q.select('#x').fields); q.select('#x').fields({ id: true, node: true, computedStyle: ['width'] }, (r) => log(r)).exec()"
app = page(f"const log = (...a) => console.log('=' + JSON.stringify(a))\nPage({{ onReady() {{ {OLD} }} }})", BOX)
for version, expected in (("1.4.0", [["undefined", False, False], ["undefined", "function"], [{"id": "x"}]]),
                          ("2.1.0", [["function", True, False], ["undefined", "function"], [{"id": "x", "width": "50px"}]]),
                          ("3.0.0", [["function", True, True], ["function", "function"], [{"id": "x", "node": None, "width": "50px"}]])):
    _, values, problems = results(app, "--lib-version", version)
    check(f"queries and observers of {version}", values == expected, (values, problems[-1000:]))

finish()
