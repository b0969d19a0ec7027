#!/usr/bin/env python3
"""Custom components beside Tencent's glass-easel, in one run: mina from the tap to the end of layout; glass-easel in Node with its empty
backend (no layout, no drawing); and, when ORACLE names the folder of bench/run.py, in Chromium with layout.

    python3 bench/component.py [bench_page]"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile

root = pathlib.Path(__file__).resolve().parent.parent
app = root / "bench/apps/components"
oracle = os.environ.get("ORACLE")
NONE, CLEAR, APPEND, ONE, FEW, REORDER = -1, 0, 1, 2, 3, 4
PLAN = [  # name, step before, step, count, the peer's name for it in a browser
    ("instantiate 1000 components", CLEAR, APPEND, 20, "append 1000 rows"),
    ("property through 3 levels, 100 times", NONE, ONE, 50, "one field of 1000 rows"),
    ("reorder 200 rows of components", FEW, REORDER, 50, "reorder 200 rows"),
]


def output(command, cwd=None):
    return subprocess.run([str(word) for word in command], cwd=cwd, stdout=subprocess.PIPE, check=True).stdout.decode()


def in_chromium():
    with tempfile.NamedTemporaryFile(suffix=".json") as file:
        output(["node", "oracle.mjs", "--bench", "--app", app, "--page", "page", "--timing", file.name], oracle)
        return {name: figures["total"]["median"] for name, figures in json.loads(pathlib.Path(file.name).read_text())["bench"].items()}


def main():
    program = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else root / "build/release/bench/bench_page"
    if not program.exists() or not (root / "test/node_modules/glass-easel").exists():
        sys.exit("bench: run `make build` and `make test` first")
    ours = json.loads(output([program, app, *(f"{name}:{before}:{step}:{count}" for name, before, step, count, _ in PLAN)]))
    node = json.loads(output(["node", root / "test/e2e/clients/easel.mjs", "--bench", app]))
    browser = in_chromium() if oracle else {}
    for name, *_, peer in PLAN:
        mine = ours[name]["layout"]
        line = f"{name:<38} mina {mine:8.2f} ms   node {node[name]:8.2f} ms {node[name] / mine:6.2f} times better"
        print(line + (f"   chromium {browser[peer]:8.2f} ms {browser[peer] / mine:6.2f} times better" if peer in browser else ""))


main()
