"""What real programs showed to be wrong once, as small programs of our own: layout, looks, scripts."""
from picture import picture
from program import boxes, check, finish, package, page, root


def box(found, path):
    b = found.get(path, {})
    return tuple(round(b.get(key, -1)) for key in ("x", "y", "width", "height"))


def lay(name, template, expected, style="", script="Page({})"):
    """The boxes at these paths are (x, y, width, height)."""
    _, found, errors = boxes(page(template=template, style=style, script=script), "--quiet")
    got = {path: box(found, path) for path in expected}
    check(name, got == expected, (got, errors))


lay("text is as high as its font in whole CSS px", "<text>国</text><view style='font-size:12px'>国</view>",
    {"page>text[0]>#text[0]": (0, 0, 16, 24), "page>view[0]": (0, 24, 375, 17)})
lay("a float after inline content among blocks stands beside it",
    "<view style='width:200px'><view></view><text class='a'>a</text><text class='f'>f</text></view>",
    {"page>view[0]>text[0]": (0, 0, 100, 50), "page>view[0]>text[1]": (150, 0, 50, 50)},
    ".a { display: inline-block; width: 100px; height: 50px } .f { float: right; width: 50px; height: 50px }")
lay("flex: 1 in a column of open height is as high as its content",
    "<view class='c'><view class='a'><view class='b'></view></view></view>",
    {"page>view[0]>view[0]": (0, 0, 375, 40), "page>view[0]": (0, 0, 375, 40)},
    ".c { display: flex; flex-direction: column } .a { flex: 1; overflow: auto } .b { height: 40px }")
lay("what flex: 1 makes automatic is the content, not the height", "<view class='c'><view class='a'></view></view>",
    {"page>view[0]>view[0]": (0, 0, 375, 10)}, ".c { display: flex; flex-direction: column } .a { flex: 1; height: 2px; padding: 5px }")
lay("a height of 0% of an open height is automatic", "<view><view style='height:0%'>国</view></view><view class='z'>国</view>",
    {"page>view[0]": (0, 0, 375, 24), "page>view[1]": (0, 24, 375, 0)}, ".z { height: 0 }")
lay("a long word does not break by itself", "<view style='width:1px'>12%</view>", {"page>view[0]": (0, 0, 1, 24)})

TABLE = ".t { display: table } .r { display: table-row } .c { display: table-cell; vertical-align: middle }"
CELLS = "<view class='t' style='width:300px;height:80px'><view class='c'>ab</view><view class='c' style='width:100px'>ab</view></view>"
lay("cells share a table's width and height", CELLS,
    {"page>view[0]": (0, 0, 300, 80), "page>view[0]>view[0]": (0, 0, 200, 80), "page>view[0]>view[1]": (200, 0, 100, 80),
     "page>view[0]>view[1]>#text[0]": (200, 28, 19, 24)}, TABLE)
lay("a table is as wide as its content, rows as high as their cells",
    "<view class='t'><view class='r'><view class='c'>a</view><view class='c' style='height:50px'>aaa</view></view>"
    "<view class='r'><view class='c'>aaa</view><view class='c'>a</view></view></view>",
    {"page>view[0]": (0, 0, 54, 74), "page>view[0]>view[1]": (0, 50, 54, 24), "page>view[0]>view[1]>view[1]": (27, 50, 27, 24)}, TABLE)
GROWING = "<view class='t'><view class='r'><view class='c'>{{x}}</view><view class='c'>b</view></view><view class='r'>c</view></view>"
both = [boxes(page(template=GROWING, style=TABLE, script=f"Page({{ data: {{ x: '{x}' }} }})"), "--set-data", '{"x": "long text"}')[1]
        for x in ("a", "long text")]
check("a table grows with its cell as if new", both[0] and both[0] == both[1], both)

lay("fr tracks share the room, rows are as high as their highest",
    "<view class='g'><view>a</view><view style='height:50px'></view><view style='grid-column: span 2'>c</view><view>d</view></view>",
    {"page>view[0]": (0, 0, 375, 138), "page>view[0]>view[0]": (0, 0, 120, 57), "page>view[0]>view[1]": (130, 0, 245, 50),
     "page>view[0]>view[2]": (0, 67, 375, 31), "page>view[0]>view[3]": (0, 107, 120, 31)},
    ".g { display: grid; grid-template-columns: 120px 1fr; gap: 10px; min-height: 138px }")
lay("repeat(auto-fill) fills the line, items stand in the middle",
    "<view class='g'><view>a</view><view>b</view><view>c</view><view>d</view></view>",
    {"page>view[0]": (0, 0, 375, 48), "page>view[0]>view[2]": (308, 0, 8, 24), "page>view[0]>view[3]": (58, 24, 10, 24)},
    ".g { display: grid; grid-template-columns: repeat(auto-fill, minmax(100px, 1fr)); justify-items: center }")
lay("an input is as wide as 20 digits where its content decides", "<view style='display: flex'><input/></view><input class='f'/>",
    {"page>view[0]>input[0]": (0, 0, 178, 22), "page>input[0]": (0, 22, 375, 22)})
lay("the children of a box of clamped lines stay inline", "<view class='k'><view class='i'></view>国</view>",
    {"page>view[0]>view[0]": (0, 0, 20, 20), "page>view[0]>#text[0]": (20, 0, 16, 24)},
    ".k { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2 } .i { display: inline-block; width: 20px; height: 20px;"
    " vertical-align: top }")

lay("a wider icon is not higher", "<icon class='i' type='success'/>", {"page>icon[0]": (0, 0, 100, 23)},
    ".i { display: block; width: 100px; text-align: center }")
shot, errors = picture(page(template="<button type='primary' class='a'>x</button><button class='a'>x</button><button class='b' plain>x</button>",
                            style=".a { background-color: red } button { background-color: blue } .b[plain] { background-color: lime }"))
check("built-in rules compete by specificity", [shot.at(60, y) for y in (10, 60, 100)] == ["#1aad19", "#ff0000", "#00ff00"],
      ([shot.at(60, y) for y in (10, 60, 100)], errors))

shot, errors = picture(page(template="<icon class='i' type='success_circle'/>", style=".i { display: block; width: 100px; text-align: center }"))
ink = shot.ink(0, 0, 375, 60)
check("an icon's picture keeps its size, in the middle when text is", ink and 38 <= ink[0] <= 42 and 58 <= ink[2] <= 62, (ink, errors))

shot, errors = picture(page(template="<input placeholder='国' /><input placeholder='国' placeholder-style='color:red'/>"
                            "<scroll-view scroll-y='{{true}}'><view></view></scroll-view><view></view>",
                            style="input { height: 60px } scroll-view { height: 30px } view { height: 50px; background: #00f }"
                            " scroll-view + view { background: none }"))
ink = shot.ink(0, 0, 375, 60)
check("a placeholder stands in the middle", ink and abs(ink[1] + ink[3] - 60) <= 4, (ink, errors))
tones = {shot.at(x, y) for x in range(16) for y in range(60)}
check("a placeholder is grey", min(tones) >= "#80", sorted(tones)[:3])
check("placeholder-style", any(shot.at(x, y)[1:3] == "ff" and shot.at(x, y)[3:5] < "a0" for x in range(16) for y in range(60, 120)))
check("a scroll-view cuts off", shot.at(5, 149) == "#0000ff" and shot.at(5, 151) == "#ffffff", (shot.at(5, 149), shot.at(5, 151)))

_, found, errors = boxes(page("const tool = new require('./tool'); global.seen = tool.x; Page({ onLoad() {"
                              " require.async('./none').catch(({ mod, errMsg }) => console.log(mod, typeof errMsg));"
                              " console.log('seen', seen, typeof globalThis.seen) } })",
                              **{"pages/a/tool.js": "exports.x = 7"}))
check("new require() gives the exports, global is the global object", "seen 7 number" in errors, errors)
check("a failed require.async tells mod and errMsg", "./none string" in errors, errors)

_, found, errors = boxes(page("const text = '\\ufeffa\\u00e9\\u4e2d\\ud83d\\ude00\\ud800'; Page({ onLoad() { const bytes = new TextEncoder().encode(text);"
                              " console.log('bytes', Array.from(bytes, (x) => x.toString(16)).join(' '));"
                              " console.log('text', new TextDecoder().decode(bytes) === text.slice(1, -1) + '\\ufffd', new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.buffer).length);"
                              " console.log('broken', JSON.stringify(new TextDecoder().decode(new Uint8Array([0xff, 0x41, 0xe4, 0xb8, 0x41, 0xc0, 0x80, 0xed, 0xa0, 0x80]))));"
                              " try { new TextDecoder('utf8', { fatal: true }).decode(new Uint8Array([0xff])) } catch (e) { console.log(e.name) }"
                              " try { new TextDecoder('gbk') } catch (e) { console.log(e.name) } } })"))
check("TextEncoder and TextDecoder", "bytes ef bb bf 61 c3 a9 e4 b8 ad f0 9f 98 80 ef bf bd" in errors and "text true 7" in errors
      and 'broken "\ufffdA\ufffdA\ufffd\ufffd\ufffd\ufffd\ufffd"' in errors and "TypeError" in errors and "RangeError" in errors, errors)

_, found, errors = boxes(page("Page({ onLoad() { const c = wx.getRecorderManager(); c.start({}).stop();"
                              " const a = wx.createAnimation({}); a.rotate(1).step(); this.setData({ a: a.export() }); wx.onSocketOpen(() => {});"
                              " wx.downloadFile({ url: 'x', fail: (e) => console.log(e.errMsg) }).onProgressUpdate(() => {});"
                              " console.log('there', typeof c.pause, wx.canIUse('getRecorderManager')) } })"))
check("what is not there yet does not stop a page", "there function false" in errors and "downloadFile:fail" in errors and "rror" not in errors, errors)

_, _, errors = boxes(page("console.log(window, self === undefined, typeof document); { const location = 1; let screen = 2; console.log(location + screen) }"
                          " const history = 3; Page({ onLoad() { console.log(history, navigator && navigator.x) } })"))
check("a browser's names have no value", errors.split() == "[log] undefined true undefined [log] 3 [log] 3 undefined".split(), errors)
SQUARE = "<svg xmlns='http://www.w3.org/2000/svg' width='8' height='8'><rect width='8' height='8' fill='#f00'/></svg>"
shot, errors = picture(page(template="<input value='国' style='margin-top:10px;height:30px;font-size:20px;line-height:90px'/>"))
ink = shot.ink(0, 0, 375, 60)
check("a text higher than its input too", ink and abs(ink[1] + ink[3] - 50) <= 4, (ink, errors))
shot, errors = picture(page("Page({ onLoad() { wx.showToast({ title: 'x', image: '/i.svg' }) } })", "", **{"i.svg": SQUARE}), "--chrome")
shot2, _ = picture(page("Page({ onLoad() { wx.showToast({ title: 'x', image: '/i.svg' }); wx.hideLoading() } })", "", **{"i.svg": SQUARE}), "--chrome")
check("hideLoading leaves a toast alone", shot2.at(187, 301) == "#ff0000", shot2.at(187, 301))
check("a toast shows its picture", shot.at(187, 301) == "#ff0000", (shot.at(187, 301), errors))
font = package({"x.example/t.ttf": (root / "test/fuzz/corpus/font/triangle.ttf").read_bytes()})
words = boxes(page(template="<text>AAAA</text>", style="text { font-family: t } @font-face { font-family: t; src: url('//x.example/t.ttf') }"),
              "--fixtures", font), boxes(page(template="<text>AAAA</text>"))
check("a font from the network is used when it is there", box(words[0][1], "page>text[0]") != box(words[1][1], "page>text[0]"), words)
_, _, errors = boxes(page("let w; wx.getSystemInfo({ success: (r) => { w = r.windowWidth }, complete: (r) => console.log(r.errMsg) }); console.log(w);"
                          " wx.getSystemInfo().then((r) => console.log(r.errMsg)); Page({})"))
check("getSystemInfo answers before it returns", errors.split() == "[log] getSystemInfo:ok [log] 375 [log] getSystemInfo:ok".split(), errors)
_, _, errors = boxes(page("Page({ n: 1, Kind: class { static get x() { return 5 } }, onReady() { setTimeout(this.tell, 10) },"
                          " tell() { console.log(this.n, this.Kind.x, getApp().name.call(null), this.tell.name) } })",
                          **{"app.js": "App({ label: 'app', name() { return this.label } })"}))
check("methods keep their page and app when passed on", errors.split() == "[log] 1 5 app tell".split(), errors)
NOTES = page("Page({ data: { text: '', list: [] }, typed(e) { this.setData({ text: e.detail.value }) },"
             " add() { this.setData({ list: this.data.list.concat(this.data.text), text: '' }) } })",
             "<input value='{{text}}' bindinput='typed' bindconfirm='add'/><text wx:for='{{list}}' wx:key='*this'>{{item}}</text>")
_, found, errors = boxes(NOTES, "--tap", "input", "--type", "one", "--confirm", "--tap", "input", "--type", "two", "--confirm")
check("typing and the confirm key", [b["text"] for b in found.values() if b["tag"] == "#text"] == ["one", "two"], (found, errors))
_, found, errors = boxes(page("Page({ onLoad() { wx.navigateTo({ url: '../b/b' }) }, onShow() { console.log('shown') } })", **{
    "app.json": {"pages": ["pages/a/a", "pages/b/b"]}, "pages/b/b.js": "Page({ onUnload() { console.log('left') } })", "pages/b/b.wxml": ""}),
    "--back")
check("going back", errors.split() == ["[log]", "shown", "[log]", "left", "[log]", "shown"], errors)

far = package({"pictures/example.com/a.svg": "<svg xmlns='http://www.w3.org/2000/svg' width='10' height='10'><rect width='10' height='10' fill='red'/></svg>"})
app = page(template="<view class='a' style='background-image: url(https://example.com/a.svg)'></view><view class='b'></view>",
           style=".a, .b { height: 50px } .b::before { content: ''; display: block; height: 20px; background: url(https://example.com/a.svg) }")
shot, _ = picture(app, "--dpr", 1, "--fixtures", far / "pictures")
check("pictures of backgrounds come over the network in time", shot.at(5, 5) == "#ff0000" and shot.at(5, 55) == "#ff0000", (shot.at(5, 5), shot.at(5, 55)))

finish()
