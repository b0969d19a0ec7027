"""`mina auto` on raw frames: every command, what it waits for, hostile clients, and its end."""
import base64
import hashlib
import json
import os
import re
import socket
import struct
import threading
import time

from automator import Client, Failed, Server, TEXT
from program import check, finish, mina, root, run

app = root / "test/apps/automation"


def same(name, found, wanted):
    check(name, found == wanted, f"found  {json.dumps(found, ensure_ascii=False)[:900]}\n     wanted {json.dumps(wanted, ensure_ascii=False)[:900]}")


def fails(name, wanted, make):
    try:
        result = make()
        check(name, False, f"it gave {result}")
    except Failed as error:
        check(name, wanted in str(error), error)


def elements(client):
    page = client.page()
    same("path", (page.path, page.query), ("pages/index/index", {}))
    top = page.one("#top")
    same("text", top.text(), "Hello  world2")
    same("attributes", top.call("getAttributes", names=["class", "id", "data-kind", "none"])["attributes"], ["head big", "top", "head", None])
    same("styles", top.call("getStyles", names=["color", "font-size", "paddingTop", "nonsense"])["styles"], ["rgb(255, 0, 0)", "20px", "10px", ""])
    same("offset", page.one(".first").call("getOffset")["left"], 0)
    same("size", page.one(".first").call("getDOMProperties", names=["offsetWidth", "offsetHeight"])["properties"], [375, 40])
    same("rows", [row.text() for row in page.all(".row")], ["one", "two", "three"])
    same("rows' lines", page.one(".list").text(), "one\ntwo\nthree")
    same("hidden", page.one(".hidden").text(), "nothing")
    same("wxml", page.one(".first").call("getWXML", type="outer")["wxml"], '<view class="row first" data-id="1">one</view>')
    same("inner wxml", page.one(".hello").call("getWXML", type="inner")["wxml"], "Hello  <text>world</text>")
    same("picture's property", page.one(".picture").property("src"), "/pic.png")
    check("public properties", page.one(".picture").property("__propPublic").get("lazyLoad"), "lazyLoad")
    fails("nothing there", "no such element", lambda: page.one(".none"))
    same("none of them", page.all(".none"), [])
    fails("broken selector", "no such element", lambda: page.one("..["))
    top.tap()
    same("a tap", (page.data("count"), page.one(".number").text()), (2, "4"))
    page.all(".row")[1].tap()
    same("dataset", page.data("row"), 2)
    same("path into data", page.data("rows[2].name"), "three")
    same("no such path", page.data("rows[9].name"), None)
    page.call("Page.setData", data={"rows[0].name": "ONE", "title": "new"})
    same("setData is shown", [page.one(".first").text(), page.one("#card").one(".card-title").text()], ["ONE", "new 0"])
    same("method", page.call("Page.callMethod", method="add", args=[2, 3])["result"], 5)
    same("promise", page.call("Page.callMethod", method="later", args=["late"])["result"], "late")
    same("and what it did", page.data("later"), "late")
    fails("no such method", "page.none not exists", lambda: page.call("Page.callMethod", method="none", args=[]))
    fails("a method that throws", "on purpose", lambda: page.call("Page.callMethod", method="fails", args=[]))
    same("xpath", [Element.text() for Element in [page.one(".row")]], ["ONE"])
    return page


def xpaths(page):
    def texts(path):
        found = page.call("Page.getElementsByXpath", selector=path)["elements"]
        return [element["tagName"] for element in found], [
            page.call("Element.getDOMProperties", elementId=element["elementId"], names=["innerText"])["properties"][0] for element in found]
    same("xpath: position", texts("/page/view[2]/view[3]")[1], ["three"])
    same("xpath: attribute", texts("//view[@data-id='2']")[1], ["two"])
    same("xpath: contains", texts("//view[contains(@class, 'first')]")[1], ["ONE"])
    same("xpath: last", texts("//view[@class='list']/view[last()]")[1], ["three"])
    same("xpath: text", texts("//view[text()='two']")[1], ["two"])
    same("xpath: component", texts("//card//inner/view")[1], ["new!"])
    same("xpath: parent", texts("//view[.='two']/..")[0], ["view"])
    same("xpath: siblings", texts("//view[.='two']/following-sibling::view")[1], ["three"])
    same("xpath: operators", texts("//view[@data-id > 1 and not(@data-id = 3)] | //navigator")[1], ["two", "form"])
    same("xpath: position and count", texts("//view[count(view) = 3]/view[position() < 3]")[1], ["ONE", "two"])
    same("xpath: deep", len(texts("//*")[0]) > 15, True)
    same("xpath: nothing", texts("//none"), ([], []))
    for path in ("", "//", "//view[", "//view[@", "//view['a", "foo(", "1 + 2", "//view]", "[" * 300, "((((((((((", "a::b", "//view[none()]"):
        fails(f"xpath: {path[:20]}", "XPath", lambda path=path: page.call("Page.getElementsByXpath", selector=path))


def components(page):
    card = page.one("#card")
    check("a component has a node id", card.node)
    same("component's property", card.property("title"), "new")
    same("component's properties", sorted(card.property("__propPublic")), ["dataset", "id", "size", "title"])
    same("component's data", card.call("getData")["data"]["list"], [{"name": "a"}])
    same("component's path", card.call("getData", path="list[0].name")["data"], "a")
    same("component's method", card.call("callMethod", method="add", args=[20, 22])["result"], 42)
    same("component's promise", card.call("callMethod", method="later", args=["x"])["result"], "x")
    fails("no such method of it", "component.none not exists", lambda: card.call("callMethod", method="none", args=[]))
    card.call("setData", data={"title": "set"})
    same("component's setData", card.one(".card-title").text(), "set 0")
    card.one(".card-title").tap()
    same("its event", (page.data("card"), card.one(".card-title").text()), (1, "set 1"))
    same("across components", page.one(".card-title").text(), "set 1")
    same("two borders", page.one("card .inner-body").text(), "set!")
    same("with the combinator for it", page.one("card >>> .inner-body").text(), "set!")
    same("a slot", card.one(".slotted").text(), "in the slot")
    page.one(".inner-body").tap()
    same("an event over borders", page.data("inner"), "set!")
    card.call("triggerEvent", type="change", detail={"taps": 77})
    same("triggered event", page.data("card"), 77)
    fails("no component", "is no custom component", lambda: page.one("#top").call("getData"))


def fingers(page):
    press = page.one(".press")
    press.tap()
    same("tap", page.data("pressed"), "tap")
    press.call("touchstart")
    page.client.call("App.getCurrentPage")
    time.sleep(0.4)
    press.call("touchend")
    same("long press", page.data("pressed"), "long")
    touch = page.one(".touch")
    touch.call("touchstart", touches=[{"identifier": 1, "pageX": 50, "pageY": 300}])
    touch.call("touchmove", touches=[{"identifier": 1, "pageX": 70, "pageY": 300}])
    touch.call("touchend", changedTouches=[{"identifier": 1, "pageX": 80, "pageY": 300}])
    same("touches", page.data("touches"), "start50 move70 end80 ")
    touch.call("dispatchEvent", eventName="custom", detail={"x": 1})
    same("dispatched event", page.data("custom"), {"x": 1})
    touch.call("triggerEvent", type="custom", detail={"y": 2})
    same("triggered event of a built-in", page.data("custom"), {"y": 2})
    page.client.wx("pageScrollTo", {"scrollTop": 200, "duration": 0})
    found = page.call("Page.getWindowProperties", names=["document.documentElement.scrollTop", "document.documentElement.scrollWidth", "none"])
    same("window", found["properties"], [200, 375, None])
    page.client.wx("pageScrollTo", {"scrollTop": 0, "duration": 0})


def logic(client):
    same("system", client.wx("getSystemInfoSync")["windowWidth"], 375)
    same("an asynchronous one", client.wx("getSystemInfo")["windowWidth"], 375)
    client.wx("setStorage", {"key": "k", "data": {"a": [1]}})
    same("storage", client.wx("getStorageSync", "k"), {"a": [1]})
    same("storage, asynchronous", client.wx("getStorage", {"key": "k"})["data"], {"a": [1]})
    fails("it fails", "data not found", lambda: client.wx("getStorage", {"key": "none"}))
    fails("no such function", "wx.none not exists", lambda: client.wx("none"))
    same("evaluate", client.evaluate("() => getApp().globalData.count"), 0)
    same("with arguments", client.evaluate("function (a, b) { return [a, b.c] }", 1, {"c": 2}), [1, 2])
    same("a promise", client.evaluate("async (n) => { await new Promise((done) => setTimeout(done, 20)); return n + 1 }", 4), 5)
    same("nothing", client.evaluate("() => {}"), None)
    same("pages", client.evaluate("() => getCurrentPages().map((page) => page.route)"), ["pages/index/index"])
    fails("it throws", "thrown", lambda: client.evaluate("() => { throw new Error('thrown') }"))
    fails("it rejects", "refused", lambda: client.evaluate("() => Promise.reject(new Error('refused'))"))
    fails("no function", "functionDeclaration", lambda: client.evaluate("1 + 1"))
    fails("no JavaScript", "functionDeclaration", lambda: client.evaluate("function ("))
    client.call("App.mockWxMethod", method="getStorageSync", functionDeclaration="function (key, other) { return key === 'k' ? this.origin(key) : other }",
                args=["mocked"])
    same("mock by a function", [client.wx("getStorageSync", key) for key in ("k", "x")], [{"a": [1]}, "mocked"])
    client.call("App.mockWxMethod", method="getStorageSync")
    same("restored", client.wx("getStorageSync", "x"), "")
    client.call("App.mockWxMethod", method="request", result={"statusCode": 200, "data": {"ok": True}})
    same("mock by a value", client.evaluate("() => new Promise((success) => wx.request({url: 'https://a.b/c', success}))"), {"statusCode": 200, "data": {"ok": True}})
    client.call("App.mockWxMethod", method="request", result={"errMsg": "request:fail no"})
    fails("a mock that fails", "no", lambda: client.wx("request", {"url": "https://a.b/c"}))
    same("told to fail", client.evaluate("() => new Promise((fail) => wx.request({url: 'x', fail: (e) => fail(e.errMsg)}))"), "request:fail no")
    client.call("App.mockWxMethod", method="showModal", functionDeclaration="() => Promise.resolve({confirm: true})", args=[])
    same("a mock with a promise", client.wx("showModal", {"title": "x"}), {"confirm": True})
    for name in ("request", "showModal", "never"):
        client.call("App.mockWxMethod", method=name)


def events(client):
    client.call("App.enableLog")
    client.call("App.addBinding", name="tellUs")
    client.evaluate("() => { console.log('one', {a: [1]}); console.warn('two'); tellUs('three', 3); setTimeout(() => { throw new Error('four') }, 0) }")
    client.evaluate("() => {}")
    kinds = [name for name, _ in client.events]
    check("console", ("App.logAdded", {"type": "log", "args": ["one", {"a": [1]}]}) in client.events, client.events)
    check("warning", ("App.logAdded", {"type": "warn", "args": ["two"]}) in client.events, client.events)
    check("binding", ("App.bindingCalled", {"name": "tellUs", "args": ["three", 3]}) in client.events, client.events)
    check("exception", any(name == "App.exceptionThrown" and "four" in params["message"] for name, params in client.events), client.events)
    same("exception once", kinds.count("App.exceptionThrown"), 1)
    other = Client(int(client.socket.getpeername()[1]))
    other.call("Tool.getInfo")
    client.evaluate("() => { console.log('five') }")
    other.call("Tool.getInfo")
    same("only for who asked", other.events, [])
    other.close()


def routes(client):
    client.wx("navigateTo", {"url": "/pages/form/form?a=1"})
    page = client.page()
    same("route", (page.path, page.query), ("pages/form/form", {"a": "1"}))
    same("and its page is there", page.one(".submit").text(), "submit")
    same("stack", [entry["path"] for entry in client.call("App.getPageStack")["pageStack"]], ["pages/index/index", "pages/form/form"])
    client.native("navigateLeft")
    same("left", client.page().path, "pages/index/index")
    fails("left again", "cannot navigate back at first page", lambda: client.native("navigateLeft"))
    fails("the page is gone", "no page", lambda: page.data())
    fails("no such page", "is not found", lambda: client.wx("navigateTo", {"url": "/pages/none"}))
    client.native("switchTab", url="/pages/tab/tab")
    same("tab", (client.page().path, client.page().one(".tab").text()), ("pages/tab/tab", "tab 1"))
    fails("no tab", "can not switch to no-tabBar page", lambda: client.native("switchTab", url="/pages/form/form"))
    client.native("goHome")
    same("home", client.page().path, "pages/index/index")
    client.wx("redirectTo", {"url": "/pages/form/form"})
    client.wx("reLaunch", {"url": "/pages/index/index"})
    client.page().one(".go").tap()
    same("navigator", (client.page().path, client.page().query), ("pages/form/form", {"from": "index"}))


def form(client):
    page = client.page()
    page.one("#name").function("input.input", "Ada")
    same("input", (page.data("name"), page.one("#name").property("value"), page.one(".said").text()), ("Ada", "Ada", "name Ada"))
    page.one("#on").function("switch.tap")
    same("switch", page.data("on"), True)
    page.all("checkbox")[1].tap()
    same("checkbox", page.data("checks"), ["b"])
    page.one("label.first").tap()
    same("label", sorted(page.data("checks")), ["a", "b"])
    page.all("radio")[0].tap()
    same("radio", page.data("radio"), "x")
    page.one("#pick").call("triggerEvent", type="change", detail={"value": 2})
    same("picker", page.data("picked"), 2)
    same("switch's property", page.one("#on").property("checked"), True)
    page.one("#level").function("slider.slideTo", 65)
    same("slider", (page.data("level"), page.one("#level").property("value")), (65, 65))
    fails("another kind's function", "has no function", lambda: page.one("#name").function("swiper.swipeTo", 1))
    fails("no function", "not exists", lambda: page.one("#name").function("input.none"))


def motion(client):
    client.wx("redirectTo", {"url": "/pages/motion/motion"})
    page = client.page()
    scroll = page.one("#scroll")
    scroll.function("scroll-view.scrollTo", 30, 120)
    same("scroll-view", [scroll.function("scroll-view." + name) for name in ("scrollLeft", "scrollTop", "scrollWidth", "scrollHeight")],
         [30, 120, 500, 600])
    same("its event", page.data("top"), 120)
    page.one("#swiper").function("swiper.swipeTo", 2)
    same("swiper", page.data("current"), 2)
    move = page.one("#move")
    move.function("movable-view.moveTo", 60, 70)
    time.sleep(1)
    same("movable-view", [move.property(name) for name in ("_translateX", "_translateY")], [60, 70])
    same("its event", (page.data("x"), page.data("y")), (60, 70))
    video = page.call("Page.getElement", selector="#video")
    same("a video", (video["tagName"], video["videoId"]), ("video", "video"))
    page.call("Element.callContextMethod", elementId=video["elementId"], videoId="video", method="pause", args=[])
    fails("its context", "createVideoContext.none not exists",
          lambda: page.call("Element.callContextMethod", elementId=video["elementId"], method="none", args=[]))


def dialogs(client):
    client.wx("redirectTo", {"url": "/pages/dialog/dialog"})
    page = client.page()
    page.one(".modal").tap()
    client.native("confirmModal")
    same("modal", page.one(".answer").text(), "yes")
    page.one(".modal").tap()
    client.native("cancelModal")
    same("modal cancelled", page.data("answer"), "no")
    fails("no modal", "no modal is open", lambda: client.native("confirmModal"))
    waits = client.ask("App.callWxMethod", method="showModal", args=[{"title": "later"}])
    client.native("confirmModal")
    same("a call that waits for a person", client.answer(waits)["result"]["confirm"], True)
    page.one(".ask").tap()
    client.native("authorizeCancel")
    same("denied", page.data("answer"), "denied")
    page.one(".share").tap()
    client.native("shareCancel")
    page.one(".share").tap()
    client.native("shareConfirm")
    fails("nothing to pay", "no payment dialog", lambda: client.native("closePaymentDialog"))
    fails("no such hand", "native.none not exists", lambda: client.native("none"))


def tool(client):
    info = client.call("Tool.getInfo")
    check("info", info["SDKVersion"] == "2.14.1" and info["version"], info)
    accounts = client.call("Tool.getTestAccounts")["accounts"]
    check("accounts", len(accounts) == 4 and accounts[0]["openid"].startswith("o"), accounts)
    fails("no phone", "remote debugging is not supported", lambda: client.call("Tool.enableRemoteDebug", auto=True))
    ticket = client.call("Tool.getTicket")["ticket"]
    client.call("Tool.setTicket", ticket=ticket)
    client.wx("setStorageSync", "kept", 1)
    client.call("Tool.clearCache", clean="all")
    same("nothing is stored", client.wx("getStorageInfoSync")["keys"], [])
    client.call("Tool.compile", force=True)
    same("started anew", client.page().path, "pages/index/index")
    client.call("Tool.refreshTicket")
    fails("another's ticket", "--auto-account", lambda: client.call("Tool.setTicket", ticket="nobody"))
    audits = client.call("Tool.stopAudits")
    check("audits", "diagnostics" in json.loads(audits["data"]) and "<ul>" in audits["report"], audits)
    picture = base64.b64decode(client.call("App.captureScreenshot")["data"])
    check("screenshot", picture.startswith(b"\x89PNG\r\n") and struct.unpack(">II", picture[16:24]) == (750, 1334))
    return accounts


def hostile(server, client):
    for text in ("", "{", "[]", "1", '"x"', "null", "{}", '{"id": 1}', '{"id": {}, "method": "Tool.getInfo"}', '{"id": "1", "method": 7}',
                 '{"id": "1", "method": "None.none"}', '{"id": "1", "method": "Page.getData", "params": []}', "[" * 100000, "\0", "{\"id\":\"\\ud800\"}"):
        client.send(text)
        message = client.message()
        check(f"refused: {text[:30]!r}", message and message["error"]["message"], message)
    for params in ({}, {"pageId": "x"}, {"pageId": -1}, {"pageId": 1e300}, {"pageId": 4294967296}, {"pageId": [1]}):
        fails(f"no page: {params}", "", lambda params=params: client.call("Page.getData", **params))
    page = client.page()
    for element in ("", "0", "-1", "99999999999", "x", "1e9"):
        fails(f"no element: {element}", "gone", lambda element=element: page.call("Element.tap", elementId=element))
    client.send(b"\x00\xff", kind=2)
    check("binary", client.message()["error"]["message"])
    client.send('{"id": "ping", "method": "Tool.getInfo"}')
    same("still there", client.message()["id"], "ping")

    half = Client(server.port)
    half.ask("App.callWxMethod", method="showModal", args=[{"title": "never answered"}])
    half.socket.shutdown(socket.SHUT_WR)
    half.close()
    gone = Client(server.port)
    gone.send(b"\x7f\xff", head=0x00)
    gone.close()
    same("foreign page", Client(server.port, origin="http://evil.example").status, 403)
    same("foreign name", Client(server.port, host="evil.example").status, 403)
    big = Client(server.port)
    try:
        big.socket.sendall(b"\x81\xff" + struct.pack(">Q", 1 << 40) + b"\0\0\0\0" + b"x" * 100000)
        check("too long", big.message() is None)
    except OSError:
        check("too long", True)
    slow = Client(server.port, receive_buffer=4096)
    try:
        slow.socket.settimeout(5)
        for _ in range(1500):
            slow.ask("App.captureScreenshot")
    except OSError:
        pass
    slow.close()
    began = time.monotonic()
    for _ in range(100):
        one = Client(server.port)
        one.call("Tool.getInfo")
        one.close()
    check("100 clients one after the other", time.monotonic() - began < 20, time.monotonic() - began)
    many = [Client(server.port) for _ in range(70)]
    for one in many:
        one.ask("Tool.getInfo")
    answered = sum(one.message() is not None for one in many)
    check("not all at once", 60 <= answered <= 64, answered)
    for one in many:
        one.close()
    same("still there", client.call("Tool.getInfo")["version"] != "", True)


def world(app):
    """What the official client does not know of: Mina.*, and several people on one server."""
    server = Server(mina, app, "--virtual-time")
    alice, bob = Client(server.port), Client(server.port, path="/bob")
    nobody = Client(server.port, path="/nobody")
    same("there is nobody", nobody.message(), None)
    found = [client.call("Mina.getWorld") for client in (alice, bob)]
    same("two people", [world["me"] for world in found], ["alice", "bob"])
    check("their chats", any(chat["id"] == "group:family" for chat in found[0]["chats"]), found[0]["chats"])
    began = alice.call("Mina.getTime")["now"]
    alice.call("Mina.advance", ms=5000)
    same("one clock", bob.call("Mina.getTime")["now"] - began, 5000)
    same("time stands still", alice.call("Mina.getTime")["now"] - began, 5000)
    same("a promise on virtual time", alice.evaluate("() => new Promise((done) => setTimeout(() => done('x'), 300))"), "x")
    press = alice.page().one(".press")
    press.call("touchstart")
    press.call("touchend")
    same("the client's longpress()", alice.page().data("pressed"), "long")
    press.tap()
    same("and a tap", alice.page().data("pressed"), "tap")

    alice.wx("navigateTo", {"url": "/pages/dialog/dialog"})
    page = alice.page()
    page.one(".share").tap()
    check("the chat picker is open", alice.call("Mina.getOverlay")["overlay"].get("share"))
    alice.native("shareConfirm", chats=["group:family"])
    same("shared", alice.call("Mina.getShare")["share"]["result"]["errMsg"], "shareAppMessage:ok")
    cards = [message for message in bob.call("Mina.getMessages", chat="family")["messages"] if "card" in message]
    same("bob sees it", cards[-1]["card"]["title"], "to you")
    bob.call("Mina.openCard", message=cards[-1]["id"])
    same("and opens it", (bob.page().path, bob.page().query), ("pages/index/index", {"shared": "1"}))
    fails("no such card", "cannot be opened", lambda: bob.call("Mina.openCard", message="m99"))
    bob.call("Mina.say", chat="family", text="hello")
    same("and writes", alice.call("Mina.getMessages", chat="family")["messages"][-1]["text"], "hello")
    fails("no such chat", "no such chat", lambda: bob.call("Mina.say", chat="nowhere", text="x"))
    same("the menu", [item["id"] for item in alice.call("Mina.getMenu")["items"]], ["share", "home"])
    fails("not in it", "does not offer", lambda: alice.call("Mina.chooseMenu", item="favorite"))

    page.one(".sheet").tap()
    alice.call("Mina.answer", kind="actionSheet", answer={"tapIndex": 1})
    same("action sheet", page.data("answer"), "item 1")
    page.one(".sheet").tap()
    alice.call("Mina.answer", kind="actionSheet")
    same("action sheet, cancelled", page.data("answer"), "no item")
    fails("none is open", "no picker is open", lambda: alice.call("Mina.answer", kind="picker"))
    alice.call("Mina.setPermission", scope="scope.userInfo", allow=False)
    page.one(".ask").tap()
    same("not allowed", page.data("answer"), "denied")
    alice.call("Mina.setPermission", scope="scope.userInfo", allow=None)
    page.one(".ask").tap()
    alice.native("authorizeAllow")
    same("asked, and allowed", page.data("answer"), "allowed")

    alice.call("Mina.setNetwork", rules=[{"url": "https://a.b/*", "delay": 100, "reply": {"statusCode": 200, "data": {"n": 1}}}])
    same("an answer of the network", alice.wx("request", {"url": "https://a.b/c"})["data"], {"n": 1})
    alice.call("Mina.setNetwork", rules=[{"url": "*", "fail": "timeout"}])
    fails("a failure", "timeout", lambda: alice.wx("request", {"url": "https://a.b/c"}))
    alice.call("Mina.setNetwork", rules=[], type="none")
    fails("offline", "ERR_INTERNET_DISCONNECTED", lambda: alice.wx("request", {"url": "https://a.b/c"}))
    same("and it is known", alice.wx("getNetworkType")["networkType"], "none")
    alice.call("Mina.setNetwork", type="4g")
    same("again", alice.wx("getNetworkType")["networkType"], "4g")
    alice.call("Mina.setStorageQuota", bytes=2000)
    fails("the storage is full", "exceed storage max size", lambda: alice.wx("setStorage", {"key": "k", "data": "x" * 3000}))
    alice.evaluate("() => { wx.onMemoryWarning((found) => { getApp().memory = found.level }); wx.onThemeChange((found) => { getApp().theme = found.theme }) }")
    alice.call("Mina.warnMemory", level=15)
    alice.call("Mina.tell", event="themeChange", detail={"theme": "dark"})
    same("events of the device", alice.evaluate("() => [getApp().memory, getApp().theme]"), [15, "dark"])
    fails("no such event", "there is no event", lambda: alice.call("Mina.tell", event="none"))
    alice.call("Mina.setDevice", screen={"width": 414, "height": 800, "dpr": 3}, facts={"model": "test"})
    info = alice.wx("getSystemInfoSync")
    same("another device", (info["screenWidth"], info["pixelRatio"], info["model"]), (414, 3, "test"))
    alice.call("Mina.leave")
    alice.call("Mina.enter", launch={"scene": 1037})
    alice.call("Mina.restart", launch={"path": "pages/form/form", "query": {"q": "1"}})
    same("started anew", (alice.page().path, alice.page().query), ("pages/form/form", {"q": "1"}))
    same("diagnostics", alice.call("Mina.getDiagnostics")["diagnostics"][-1:] is not None, True)
    alice.call("Tool.close")
    same("both have ended", server.process.wait(20), 0)
    server.end()
    check("what it said", "Sanitizer" not in server.said(), server.said())


def steps(client):
    """A script of 30 steps, and all that it has seen."""
    seen = []
    for i in range(5):
        client.wx("reLaunch", {"url": "/pages/index/index"})
        page = client.page()
        page.all(".row")[i % 3].tap()
        page.one(".press").tap()
        seen.append([page.one(".press").text(), page.data()])
        client.wx("navigateTo", {"url": f"/pages/form/form?i={i}"})
        client.page().one("#name").function("input.input", f"name {i}")
        seen.append([client.page().one(".said").text(), client.page().data(), client.call("App.captureScreenshot")["data"]])
    return hashlib.sha256(json.dumps(seen).encode()).hexdigest()


REPEATS = int(os.environ.get("REPEATS", "12"))  # 200 take half a minute with a release build
SESSIONS = 20


def repeated(app):
    """The same script over and over, in one process, in others, and in many at once."""
    server = Server(mina, app, "--virtual-time")
    found = set()
    for _ in range(REPEATS):
        client = Client(server.port)
        client.call("Mina.restart")
        found.add(steps(client))
        client.close()
    same("its end", server.end(), 0)
    workers = Server(mina, app, "--virtual-time", "--workers", SESSIONS)
    ports = [workers.port] + [int(re.search(rb"127\.0\.0\.1:(\d+)", workers.process.stdout.readline())[1]) for _ in range(SESSIONS - 1)]
    results = []
    def drive(port):
        client = Client(port)
        results.append(steps(client))
        client.close()
    threads = [threading.Thread(target=drive, args=(port,)) for port in ports]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    same("ports", len(set(ports)), SESSIONS)
    same("each has its result", len(results), SESSIONS)
    found.update(results)
    same("one result", len(found), 1)
    same("all workers end", workers.end(), 0)


def main():
    server = Server(mina, app)
    check("listens", server.port, server.said())
    client = Client(server.port)
    page = elements(client)
    xpaths(page)
    components(page)
    fingers(page)
    logic(client)
    events(client)
    routes(client)
    form(client)
    motion(client)
    dialogs(client)
    accounts = tool(client)
    hostile(server, client)
    client.call("App.exit")
    fails("no app any more", "not running", lambda: client.call("App.getCurrentPage"))
    client.call("Tool.close")
    same("closed", server.process.wait(20), 0)
    server.end()
    check("what it said", "AddressSanitizer" not in server.said(), server.said())

    world(app)
    repeated(app)
    other = Server(mina, app, "--auto-account", accounts[1]["openid"], "--trust-project", "--port", "3000")
    client = Client(other.port)
    same("another person", client.call("Tool.getTicket")["ticket"], "bob")
    same("its end by a signal", other.end(), 0)
    check("notes", "--trust-project concerns" in other.said() and "--port concerns" in other.said(), other.said())
    same("nobody", run("auto", "--project", app, "--auto-account", "nobody")[0], 2)
    same("no app", run("auto")[0], 2)
    same("no port", run("auto", "--project", app, "--auto-port", "70000")[0], 2)
    same("options before the command", run("--lang", "zh", "auto", "--help")[0], 0)


main()
finish()
