#!/usr/bin/env python3
"""Lays random pages out beside a reference browser and prints every case whose boxes lie elsewhere.

The reference is a folder with oracle.mjs, named by the environment variable ORACLE (see bench/run.py). A page holds many small
cases side by side; each is printed with its WXML, so that it can be made smaller by hand and kept in test/data/layout.dat.

    ORACLE=/path/to/oracle python3 tools/random_pages.py SEED [COUNT]      COUNT pages from that seed on"""
import json
import os
import pathlib
import random
import re
import subprocess
import sys
import tempfile

root = pathlib.Path(__file__).resolve().parent.parent
mina = os.environ.get("MINA", str(root / "build/mina"))
CASES = 60
NEAR = 1  # px
WORDS = ["hello", "a", "你好世界", "mixed 中文 text", "averyveryverylongword", "two words", "标点，符号。测试", "x y z", "12345.67",
         "line\nbreak", "(a) b-c/d"]
INSIDE = ["color: red", "font-size: 12px", "font-weight: bold", "line-height: 2", "vertical-align: middle", "letter-spacing: 2px",
          "word-break: break-all", "white-space: nowrap"]
LEAVES = ['<image style="width: 40px; height: 30px; {}"/>', '<image style="{}"/>', '<button size="mini" style="{}">ok</button>',
          '<button style="{}">按钮</button>', '<button style="{}">a<view>b</view></button>', '<input placeholder="type" style="{}"/>',
          '<input style="width: 100px; {}"/>']
LENGTHS = ["0", "5px", "10px", "17px", "33px", "50px", "10%", "25%", "50%", "1em", "20rpx"]
OFFSETS = LENGTHS + ["-5px", "-10px", "-10%"]
# weight, property, values; a list in the values is taken one to four times
STYLES = [
    (6, "display", ["block", "inline-block", "flex", "flex", "inline-flex", "block", "grid"]),
    (4, "width", ["auto", "20px", "50px", "80px", "100px", "30%", "50%", "100%", "120%", "4em", "fit-content", "max-content",
                  "min-content", "calc(100% - 20px)"]),
    (4, "height", ["auto", "20px", "50px", "100px", "50%", "100%"]),
    (1, "min-width", ["0", "30px", "50%", "max-content"]), (1, "max-width", ["none", "40px", "50%", "100%"]),
    (1, "min-height", ["0", "30px", "50%"]), (1, "max-height", ["none", "25px", "50%"]),
    (3, "padding", [LENGTHS]), (3, "margin", [OFFSETS + ["auto"]]), (2, "border", ["1px solid red", "3px solid blue", "0"]),
    (1, "box-sizing", ["border-box", "content-box"]),
    (3, "flex", ["1", "none", "auto", "0 0 50px", "2 1 0", "1 1 30%", "0 1 auto"]),
    (2, "flex-direction", ["row", "column", "row-reverse", "column-reverse"]),
    (2, "flex-wrap", ["wrap", "nowrap", "wrap-reverse"]),
    (2, "justify-content", ["center", "flex-end", "space-between", "space-around", "space-evenly", "flex-start"]),
    (2, "align-items", ["center", "flex-end", "flex-start", "stretch", "baseline"]),
    (1, "align-self", ["center", "flex-end", "flex-start", "stretch", "baseline", "auto"]),
    (1, "order", ["1", "-1"]), (1, "gap", ["5px", "10px 3px"]), (2, "position", ["relative", "absolute", "relative"]),
    (1, "top", OFFSETS), (1, "left", OFFSETS), (1, "float", ["left", "right", "none"]), (1, "clear", ["both", "left"]),
    (1, "overflow", ["hidden", "auto", "visible"]), (2, "font-size", ["12px", "20px", "28rpx", "1.5em", "80%"]),
    (2, "line-height", ["1", "1.5", "2", "30px", "normal", "150%"]), (2, "text-align", ["center", "right", "left", "justify"]),
    (1, "white-space", ["nowrap", "pre", "pre-wrap", "pre-line", "normal"]), (1, "word-break", ["break-all", "normal", "break-word"]),
    (1, "overflow-wrap", ["break-word"]), (1, "text-indent", ["2em", "-10px", "20px"]), (1, "letter-spacing", ["2px", "-1px", "0.1em"]),
    (1, "vertical-align", ["middle", "top", "bottom", "text-top", "sub", "super", "5px", "-20%", "text-bottom"]),
    (1, "font-weight", ["bold", "500"]), (1, "text-overflow", ["ellipsis; overflow: hidden; white-space: nowrap"]),
    (1, "grid-template-columns", ["1fr 1fr", "50px auto", "repeat(3, 1fr)", "1fr 2fr 30px", "repeat(auto-fill, 60px)"]),
    (1, "transform", ["translate(10px, 50%)", "scale(0.5)", "rotate(30deg)"]),
]


def style(dice, count):
    parts = []
    for _, name, values in dice.choices(STYLES, [weight for weight, *_ in STYLES], k=count):
        value = dice.choice(values)
        parts.append(f"{name}: {value if isinstance(value, str) else ' '.join(dice.choices(value, k=dice.choice([1, 2, 4])))}")
    return "; ".join(parts)


def element(dice, depth):
    kind = dice.random()
    if depth >= 4 or kind < .25:
        return dice.choice(WORDS)
    if kind < .33:
        return dice.choice(LEAVES).format(style(dice, dice.randint(0, 2)))
    if kind < .5:
        inner = f'<text style="{dice.choice(INSIDE)}">{dice.choice(WORDS)}</text>' if dice.random() < .3 else ""
        return f'<text style="{style(dice, dice.randint(0, 2))}">{dice.choice(WORDS)}{inner}</text>'
    inner = "".join(element(dice, depth + 1) for _ in range(dice.randint(0, 3)))
    return f'<view style="{style(dice, dice.randint(0, 4))}">{inner}</view>'


def make_page(folder, seed):
    dice = random.Random(seed)
    cases = []
    for _ in range(CASES):
        inner = "".join(element(dice, 1) for _ in range(dice.randint(1, 3)))
        width = dice.choice([100, 150, 200, 300, 375])
        cases.append(f'<view class="case" style="width: {width}px"><view style="{style(dice, dice.randint(1, 4))}">{inner}</view></view>')
    (folder / "a.wxml").write_text("\n".join(cases))
    (folder / "a.wxss").write_text(".case { position: relative; overflow: hidden; height: 400px }")
    (folder / "a.js").write_text("Page({})")
    (folder / "app.js").write_text("App({})")
    (folder / "app.json").write_text('{"pages": ["a"]}')
    return cases


def boxes(file):
    return {box["path"]: tuple(box[key] for key in ("x", "y", "width", "height")) for box in json.loads(file.read_text())["boxes"]}


def compare(seed):
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        cases = make_page(folder, seed)
        theirs, ours = folder / "theirs.json", folder / "ours.json"
        subprocess.run(["node", "oracle.mjs", "--app", name, "--page", "a", "--boxes", theirs], cwd=os.environ["ORACLE"], check=True,
                       stdout=subprocess.DEVNULL)
        subprocess.run([mina, "shot", name, "--no-chrome", "--quiet", "--out", folder / "a.png", "--boxes", ours], check=True,
                       stdout=subprocess.DEVNULL)
        theirs, ours = boxes(theirs), boxes(ours)
    wrong = {}
    for path in sorted(theirs.keys() | ours.keys()):
        case = re.match(r"page>view\[(\d+)\]", path)
        a, b = theirs.get(path), ours.get(path)
        if case and (not a or not b or max(abs(x - y) for x, y in zip(a, b)) > NEAR):
            wrong.setdefault(int(case[1]), []).append(f"    {path}: {a} there, {b} here")
    for case, lines in wrong.items():
        print("\n".join([f"seed {seed}, case {case}:", cases[case], *lines[:4]]))
    return len(wrong)


def main():
    if len(sys.argv) < 2 or "ORACLE" not in os.environ:
        sys.exit(__doc__)
    first, count = int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1
    wrong = sum(compare(seed) for seed in range(first, first + count))
    print(f"{wrong} of {count * CASES} cases differ")
    return 1 if wrong else 0


sys.exit(main())
