"""The component libraries that programs are built of, unmodified from npm: every component mounts without an error, and so does every
page of wux-weapp's example app."""
import concurrent.futures
import json
import os
import pathlib
import shutil
import tempfile

from program import check, finish, root, run

# JavaScriptCore never gives back what it has compiled of some regular expressions; leaks are looked for in all other tests.
os.environ["ASAN_OPTIONS"] = "detect_leaks=0"
modules = root / "test/node_modules"
libraries = {
    "@vant/weapp": ("lib", 71), "tdesign-miniprogram": ("miniprogram_dist", 105), "weui-miniprogram": ("miniprogram_dist", 22),
    "wux-weapp": ("packages/lib", 105),
}
# What these say of themselves when they stand alone; nothing else may be wrong with them.
known = {
    "tdesign-miniprogram/cascader/cascader": "(in promise) null",  # rejects with what a query gave for its closed popup
    "tdesign-miniprogram/color-picker/color-picker": "(in promise) null",
    "tdesign-miniprogram/chat-content/chat-content": "this.properties.content.type",  # reads its content, and has none
    "weui-miniprogram/slideview/slideview-skyline": "wx.worklet",  # for another renderer
    "wux-weapp/circle/index": "getContext", "wux-weapp/e-sign/index": "getContext",  # no canvas yet
    "pages/circle/index": "getContext", "pages/e-sign/index": "getContext",
}
folder = pathlib.Path(tempfile.mkdtemp(prefix="mina-test-"))


def components(base):
    for file in sorted(base.rglob("*.json")):
        try:
            config = json.loads(file.read_text())
        except ValueError:
            continue
        if isinstance(config, dict) and config.get("component") and file.with_suffix(".wxml").exists():
            yield file.with_suffix("").relative_to(base).as_posix()


def write(path, content):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content if isinstance(content, str) else json.dumps(content))


def mount(name, base):
    """A program with a page for each component; (program, page, component)."""
    app = folder / name.replace("/", "_")
    shutil.copytree(base, app / "miniprogram_npm" / name)
    pages = {}
    for number, component in enumerate(components(base)):
        page = f"pages/p{number}/p"
        pages[page] = f"{name}/{component}"
        write(app / f"{page}.json", {"usingComponents": {"x-c": f"{name}/{component}"}})
        write(app / f"{page}.wxml", '<x-c title="标题" value="1" label="文字" show="{{true}}" visible="{{true}}">内容</x-c>')
        write(app / f"{page}.js", "Page({})")
    write(app / "app.json", {"pages": list(pages)})
    write(app / "app.js", "App({})")
    return [(app, page, component) for page, component in pages.items()]


def shot(entry):
    app, page, name = entry
    picture = folder / f"{app.name}_{page.replace('/', '_')}.png"
    status, _, errors = run("shot", app, "--page", page, "--out", picture, "--dpr", "1")
    picture.unlink(missing_ok=True)
    wrong = [line for line in errors.splitlines() if "error:" in line and known.get(name, "\0") not in line]
    return name, not wrong and (status == 0 or name in known and status == 1), (status, wrong)


entries = []
for name, (inside, count) in libraries.items():
    mounted = mount(name, modules / name / inside)
    check(f"{name} has its components", len(mounted) == count, len(mounted))
    entries += mounted
example = modules / "wux-weapp/example"
entries += [(example, page, page) for page in json.loads((example / "app.json").read_text())["pages"]]
check("the example of wux-weapp has its pages", len(entries) == 303 + 97, len(entries))
with concurrent.futures.ThreadPoolExecutor(max_workers=2) as pool:
    for name, fine, detail in pool.map(shot, entries):
        check(name, fine, detail)
shutil.rmtree(folder)
finish()
