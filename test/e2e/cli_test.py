"""The command line: usage, exit status, pictures, the bundled example."""
import pathlib
import tempfile

from program import boxes, check, finish, page, root, run, texts

status, out, _ = run("--help")
check("help", status == 0 and "shot" in out and "check" in out and "run" in out, out)
for command in ("shot", "check", "run"):
    status, out, _ = run(command, "--help")
    check(f"{command} --help", status == 0 and f"mina {command}" in out, out)
for words in ([], ["nonsense"], ["shot"], ["shot", "a", "b"], ["shot", "--nonsense"], ["shot", ".", "--width", "x"],
              ["shot", ".", "--width", "-3"], ["check"], ["shot", ".", "--page"]):
    status, _, errors = run(*words)
    check(f"usage {words}", status == 2, (status, errors))
status, out, errors = run("reference", "swiper")
check("reference of a component", status == 0 and "| `display-multiple-items` | Number | `1` | 1.9.0 |" in out, out + errors)
status, out, errors = run("reference", "wx.showModal")
check("reference of a call", status == 0 and "| `editable` | Boolean | `false` | 2.17.1 |" in out, out + errors)
status, out, errors = run("reference", "nothing")
check("reference of nothing", status == 1 and "nothing here is called nothing" in errors, out + errors)
status, _, errors = run("shot", "/nowhere/at/all")
check("no such app", status == 1 and "error" in errors, errors)

share = root / "examples/share"
picture = pathlib.Path(tempfile.mkdtemp()) / "a.png"
status, _, errors = run("shot", share, "--out", picture)
check("share example", status == 0 and picture.read_bytes().startswith(b"\x89PNG"), errors)
first = picture.read_bytes()
run("shot", share, "--out", picture)
check("the same bytes again", picture.read_bytes() == first)
status, _, errors = run("shot", share, "--out", picture, "--chrome", "--dpr", "1")
check("chrome", status == 0 and picture.read_bytes() != first, errors)
status, out, errors = run("check", share)
check("share example has no mistakes", status == 0 and out == "0 errors, 0 warnings\n", out + errors)

status, found, errors = boxes(share)
check("cards are shown", status == 0 and "一起喝茶" in texts(found), errors)
status, found, errors = boxes(share, "--tap", ".item view", "--quiet")
check("a tap opens the card's page", status == 0 and "转发给朋友" in texts(found), (errors, texts(found)))
status, found, errors = boxes(share, "--tap", ".like", "--quiet")
check("a like changes one row", "♥ 13" in texts(found), (errors, texts(found)))
status, found, errors = boxes(share, "--page", "pages/card/card?id=hike", "--tap", "input", "--type", "走吧", "--quiet")
check("typing reaches the page", status == 0, errors)
status, found, errors = boxes(share, "--set-data", '{"cards[0].title": "新的"}', "--quiet")
check("set-data", "新的" in texts(found), (errors, texts(found)))
status, found, errors = boxes(share, "--width", "414", "--height", "736", "--dpr", "3")
check("width", found["page"]["width"] == 414, found.get("page"))
status, _, errors = run("shot", share, "--tap", ".nobody", "--out", picture)
check("a tap on nothing is told", status == 1 and ".nobody" in errors, errors)
status, _, errors = run("shot", share, "--page", "pages/none/none", "--out", picture)
check("an unknown page is told", status == 1 and "pages/none/none" in errors, errors)
status, _, errors = run("shot", page("Page({ onLoad(q) { console.log(q.x, wx.getLaunchOptionsSync().scene) } })"), "--page",
                        "pages/a/a?x=1%2B&y=2", "--scene", "1044", "--out", picture)
check("query and scene", status == 0 and "1%2B 1044" in errors, errors)

finish()
