"""The simulated device and its network, driven by the commands that the simulator's panels are made of."""
import base64
import json

from automator import Client, Failed, Server
from picture import Picture
from program import check, finish, mina, root

app = root / "test/apps/host"


def same(name, found, wanted):
    check(name, found == wanted, f"found  {json.dumps(found, ensure_ascii=False)[:900]}\n     wanted {json.dumps(wanted, ensure_ascii=False)[:900]}")


def of(page, name, *args):
    return page.call("Page.callMethod", method=name, args=list(args)).get("result")


def pick(facts, *names):
    return [facts.get(name) for name in names]


def events(page):
    return [(name, detail.get("size", detail)) for name, detail in of(page, "take")]


def box(page, selector):
    return page.one(selector).call("getDOMProperties", names=["offsetWidth", "offsetHeight"])["properties"]


def device(client):
    page = client.page()
    same("as it begins", pick(of(page, "facts"), "model", "windowWidth", "language", "theme", "fontSizeSetting"), ["iPhone 6", 375, "zh_CN", "light", 16])
    same("system's font size", box(page, ".grow"), [170, 20])
    client.call("Mina.setDevice", name="iPhone X")
    facts = of(page, "facts")
    same("a model", pick(facts, "brand", "model", "platform", "pixelRatio", "screenHeight", "statusBarHeight"),
         ["iPhone", "iPhone X<iPhone10,3>", "ios", 3, 812, 44])
    same("its safe area", facts["safeArea"], {"left": 0, "top": 44, "right": 375, "bottom": 778, "width": 375, "height": 734})
    same("the program hears of it", [name for name, _ in events(page)], ["window", "page"])
    client.call("Mina.setDevice", theme="dark")
    same("dark", (of(page, "facts")["theme"], events(page)), ("dark", [("theme", {"theme": "dark"})]))
    same("dark sheet", page.one(".grow").call("getStyles", names=["color"])["styles"], ["rgb(238, 238, 238)"])
    client.call("Mina.setDevice", theme="light")
    same("light again", (page.one(".grow").call("getStyles", names=["color"])["styles"], events(page)),
         (["rgb(0, 0, 0)"], [("theme", {"theme": "light"})]))
    client.call("Mina.setDevice", orientation="landscape")
    same("a page that is portrait does not turn", (of(page, "facts")["deviceOrientation"], events(page)), ("portrait", []))
    client.wx("navigateTo", {"url": "/pages/b/b"})
    top = client.page()
    same("one that is landscape", pick(client.wx("getSystemInfoSync"), "deviceOrientation", "screenWidth", "screenHeight", "statusBarHeight"),
         ["landscape", 812, 375, 0])
    same("notch and corners", client.wx("getSystemInfoSync")["safeArea"], {"left": 44, "top": 0, "right": 768, "bottom": 354, "width": 724, "height": 354})
    check("it does not hear of its own turn", not top.data("size"), top.data())
    client.wx("navigateBack", {})
    same("back upright", pick(client.wx("getSystemInfoSync"), "deviceOrientation", "screenWidth", "statusBarHeight"), ["portrait", 375, 44])
    client.call("Mina.setDevice", orientation="portrait")
    client.wx("navigateTo", {"url": "/pages/c/c"})
    client.call("Mina.setDevice", orientation="landscape")
    same("auto follows the hand", (client.page().data("size")["windowWidth"], client.wx("getSystemInfoSync")["screenWidth"]), (812, 812))
    client.wx("navigateBack", {})
    client.call("Mina.setDevice", name="iPad")
    same("a tablet turns what is resizable", client.wx("getSystemInfoSync")["screenWidth"], 1080)
    client.call("Mina.setDevice", orientation="portrait")
    same("and back", client.wx("getSystemInfoSync")["screenWidth"], 810)
    client.call("Mina.setDevice", screen={"width": 100000, "height": 20000, "dpr": 8})
    check("what cannot be drawn is not taken", client.wx("getSystemInfoSync")["screenWidth"] <= 16384, client.wx("getSystemInfoSync")["screenWidth"])
    client.call("Mina.setDevice", name="iPhone 6", fontSizeSetting=24)
    client.wx("reLaunch", {"url": "/pages/a/a"})
    page = client.page()
    same("larger texts", (box(page, ".grow"), box(page, ".rpx"), of(page, "facts")["fontSizeSetting"]), ([240, 20], [50, 10], 24))
    client.call("Mina.setDevice", facts={"model": "Own"})
    same("facts said later", of(page, "facts")["model"], "Own")


def words(client):
    def labels():
        return [item["label"] for item in client.call("Mina.getMenu")["items"]]
    client.wx("navigateTo", {"url": "/pages/c/c"})
    same("Chinese", labels(), ["返回首页"])
    client.call("Mina.setDevice", language="en")
    same("English", (labels(), client.wx("getSystemInfoSync")["language"]), (["Back to home"], "en"))
    client.call("Mina.setDevice", language="zh_TW")
    same("zh_TW is Chinese", labels(), ["返回首页"])
    client.call("Mina.setDevice", language="zh_CN")
    client.wx("navigateBack", {})


def pixel(client, x, y):
    picture = Picture(base64.b64decode(client.call("App.captureScreenshot")["data"]))
    return picture.at(x * picture.width // 375, y * picture.width // 375)


def dialogs(client):
    client.call("Mina.setDevice", name="iPhone 6", theme="light")
    asked = client.ask("App.callWxMethod", method="showActionSheet", args=[{"itemList": ["One"]}])
    client.call("Mina.advance", ms=50)
    same("a sheet is white", pixel(client, 5, 640), "#ffffff")
    client.call("Mina.setDevice", theme="dark")
    same("and dark in the dark", pixel(client, 5, 640), "#2c2c2c")
    client.call("Mina.setDevice", theme="light")
    client.call("Mina.answer", kind="actionSheet", answer={"tapIndex": 0})
    same("answered", client.answer(asked)["result"]["tapIndex"], 0)
    asked = client.ask("App.callWxMethod", method="authorize", args=[{"scope": "scope.userLocation"}])
    client.call("Mina.advance", ms=50)
    same("a sheet of permission", client.call("Mina.getOverlay")["overlay"], {"permission": {"scope": "scope.userLocation"}})
    for phase in ("start", "end"):
        client.call("Mina.touch", phase=phase, x=250, y=620)
    check("is answered by a finger", "ok" in client.answer(asked)["result"]["errMsg"])
    same("and settled", client.wx("getSetting")["authSetting"], {"scope.userLocation": True})
    client.call("Mina.setDevice", name="iPhone X", screen={"dpr": 1})
    same("measures over those of a model", pick(client.wx("getSystemInfoSync"), "screenHeight", "pixelRatio"), [812, 1])
    client.call("Mina.setDevice", name="iPhone 6")


def network(client):
    page = client.page()
    body = "x" * 35000
    client.call("Mina.setNetwork", rules=[{"url": "https://a.b/big", "reply": {"data": body}}, {"url": "https://a.b/up", "method": "POST", "reply": {"data": "ok"}},
                                          {"url": "https://a.b/slow", "delay": 500, "reply": {"data": "ok"}}])
    same("no limits", of(page, "load", "https://a.b/big")["ms"], 0)
    events(page)
    client.call("Mina.setNetwork", speed="2g")
    same("it is told", events(page), [("network", {"networkType": "2g", "isConnected": True})])
    got = of(page, "load", "https://a.b/big")
    same("800 ms there and back, and 280 kbit/s", (got["ms"], got["size"]), (1800, 35000))
    check("in pieces", got["chunks"] == 20, got)
    same("256 kbit/s up", of(page, "load", "https://a.b/up", "y" * 32000)["ms"], 1800)
    same("what answers late", of(page, "load", "https://a.b/slow")["ms"], 1300)
    page_two = client.evaluate("function() { const page = getCurrentPages()[0]; return Promise.all([page.load('https://a.b/big'), page.load('https://a.b/big')])"
                               ".then((all) => all.map((one) => one.ms)) }")
    check("two share the line", page_two[0] > 2700 and page_two[1] == 2800, page_two)
    aborted = client.evaluate("function() { return new Promise((resolve) => { const task = wx.request({ url: 'https://a.b/big', fail: (e) => resolve(e.errMsg) });"
                              " setTimeout(() => task.abort(), 900) }) }")
    same("taken back on its way", aborted, "request:fail abort")
    stopped = client.evaluate("function() { return new Promise((resolve) => { let seen = 0; const task = wx.request({ url: 'https://a.b/big', enableChunked: true,"
                              " fail: () => resolve(seen) }); task.onChunkReceived(() => { seen += 1; if (seen === 3) { task.abort() } }) }) }")
    same("by who hears of a piece", stopped, 3)
    client.call("Mina.setNetwork", latency=15000)
    same("too slow", (lambda got: (got["ms"], got["errMsg"]))(of(page, "load", "https://a.b/big")), (20000, "request:fail timeout"))
    client.call("Mina.setNetwork", speed="offline")
    same("offline", of(page, "load", "https://a.b/big")["errMsg"], "request:fail net::ERR_INTERNET_DISCONNECTED")
    same("its type", client.wx("getNetworkType")["networkType"], "none")
    client.call("Mina.setNetwork", speed="full", rules=[])
    same("as before", (client.wx("getNetworkType")["networkType"], "INTERNET_DISCONNECTED" in of(page, "load", "https://127.0.0.1:1/big")["errMsg"]), ("wifi", False))


def forms(client):
    commands = {row["name"]: row for row in client.call("Mina.describe")["commands"]}
    for row in commands.values():
        missing = [p["name"] for p in row["parameters"] if not p["doc"]["en"] or not p["doc"]["zh"]]
        check(f"{row['name']} is told in both languages", row["doc"]["zh"] != row["doc"]["en"] and not missing, (row["doc"], missing))
    panels = {row["panel"] for row in commands.values()}
    check("panels", panels >= {"network", "device", "permissions", "location", "storage", "sensors", "answers", "script", "time"}, panels)
    names = {p["name"]: p for p in commands["Mina.setDevice"]["parameters"]}
    check("choices", "iPhone X" in names["name"]["choices"], names["name"])
    same("now", pick(commands["Mina.setDevice"]["now"], "name", "language", "width"), ["iPhone 6", "zh_CN", 375])
    client.call("Mina.setLocation", latitude=1, longitude=2)
    client.call("Mina.setScanResult", result="1234", scanType="EAN_13")
    client.call("Mina.setPhoneCall", outcome="cancel")
    client.call("Mina.setClipboard", data="copied")
    same("the clipboard", client.wx("getClipboardData")["data"], "copied")
    same("a code", pick(client.wx("scanCode"), "result", "scanType"), ["1234", "EAN_13"])
    try:
        client.wx("makePhoneCall", {"phoneNumber": "1"})
        check("no call", False)
    except Failed as error:
        check("no call", "cancel" in str(error), error)
    client.call("Mina.setAnswer", api="showModal", result={"confirm": True})
    check("any answer", client.wx("showModal", {"title": "t"})["confirm"])
    client.call("Mina.setAnswer", api="showModal", outcome="as before")
    commands = {row["name"]: row for row in client.call("Mina.describe")["commands"]}
    same("what was said is read", (commands["Mina.setLocation"]["now"]["latitude"], commands["Mina.setScanResult"]["now"]["result"]), (1, "1234"))
    check("taken back", "showModal" not in commands["Mina.setAnswer"]["now"]["answers"], commands["Mina.setAnswer"]["now"])
    try:
        client.call("Mina.setAnswer", api="flyAway")
        check("no such call", False)
    except Failed:
        check("no such call", True)


def odd(client):
    """Nothing that a script or a command says may end the program."""
    wild = [{"device": 5}, {"device": {"name": "Nokia", "orientation": 7, "theme": [], "fontSizeSetting": -1, "language": "x" * 9999}}, {"network": "3g"},
            {"network": {"speed": "warp", "latency": -1, "download": 1e300, "upload": "much"}}, {"device": {"width": 0, "height": 1e9, "dpr": 0}},
            {"facts": []}, {"screen": {"width": 1, "height": 1, "dpr": 8}}, {"answers": 3, "request": {}, "files": [1]}]
    for script in wild:
        client.call("Mina.applyScript", script=script)
        client.call("App.captureScreenshot")
    for command in client.call("Mina.describe")["commands"]:
        for value in (None, {}, [], -1, 1e308, "\u0000", "x" * 5000, True):
            if command["name"] not in ("Mina.leave", "Mina.enter", "Mina.advance", "Mina.warnMemory", "Mina.setClock"):
                try:
                    client.call(command["name"], **{row["name"]: value for row in command["parameters"]})
                except Failed:
                    pass
    for name in ("putPerson", "putGroup", "removePerson", "removeGroup", "say", "forward", "deleteMessage", "getMessages", "getChats", "getCardPicture"):
        for value in (None, {}, [], "", "../x", "x" * 5000):
            try:
                client.call("World." + name, **{key: value for key in ("id", "nickName", "members", "device", "person", "chat", "text", "message", "name")})
            except Failed:
                pass
    client.call("Mina.setDevice", name="iPhone 6")
    client.call("Mina.setNetwork", speed="2g", latency=30000)
    client.evaluate("function() { wx.request({ url: 'https://a.b/never' }) }") # on its way when the program ends
    check("it goes on", client.call("App.captureScreenshot")["data"])


server = Server(mina, app, "--virtual-time")
if check("it starts", server.port, server.said()):
    driver = Client(server.port)
    for part in (device, words, dialogs, network, forms, odd):
        try:
            part(driver)
        except (Failed, ConnectionError) as error:
            check(part.__name__, False, f"{error!r} {server.said()}")
    driver.close()
check("it ends well", server.end() == 0, server.said())
finish()
