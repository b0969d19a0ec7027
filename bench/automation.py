#!/usr/bin/env python3
"""Driving an app: connect to first page ready, and a script of 30 steps (navigate, tap, read text, screenshot), beside Playwright with
Chromium on the oracle's pages, in one run. The peer is named by ORACLE, as for run.py.

    ORACLE=/path/to/oracle python3 bench/automation.py [mina]"""
import base64
import json
import os
import pathlib
import statistics
import subprocess
import sys
import time

root = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(root / "test/e2e"))
from automator import Client, Server  # noqa: E402

app = root / "bench/apps/drive"
oracle = os.environ.get("ORACLE")
RUNS = 9


def once(program):
    """(ms until the first page's elements can be asked for, ms of the 30 steps)"""
    began = time.monotonic()
    server = Server(program, app, "--virtual-time")
    client = Client(server.port)
    client.call("Tool.getInfo")
    client.page().one(".row")
    ready = time.monotonic() - began
    began = time.monotonic()
    for i in range(1, 6):
        client.wx("reLaunch", {"url": "/pages/list/list"})
        page = client.page()
        page.all(".row")[i].tap()
        assert page.one(".chosen").text() == str(i + 1)
        client.wx("navigateTo", {"url": "/pages/detail/detail"})
        assert client.page().one(".title").text() == "All of it"
        base64.b64decode(client.call("App.captureScreenshot")["data"])
    steps = time.monotonic() - began
    client.close()
    server.end()
    return ready * 1e3, steps * 1e3


def peer():
    words = ["node", str(root / "bench/automation_peer.mjs"), oracle, str(app)]
    found = json.loads(subprocess.run(words, stdout=subprocess.PIPE, check=True).stdout)
    return found["ready"], found["steps"]


def row(name, ours, theirs, unit, bigger_is_better=False):
    line = f"{name:<44} mina {ours:>10.1f} {unit:<4}"
    if theirs is not None:
        line += f" peer {theirs:>10.1f} {unit:<4} {ours / theirs if bigger_is_better else theirs / ours:>7.1f} times better"
    print(line)


def main():
    program = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else root / "build/mina"
    ours = [statistics.median(column) for column in zip(*(once(program) for _ in range(RUNS)))]
    theirs = [statistics.median(column) for column in zip(*(peer() for _ in range(3)))] if oracle else [None, None]
    row("driven: start to first page ready", ours[0], theirs[0], "ms")
    row("driven: a script of 30 steps", ours[1], theirs[1], "ms")
    row("driven: steps per second", 30e3 / ours[1], 30e3 / theirs[1] if oracle else None, "/s", True)
    print("the official tool, as weapp-vite's docs/reports/2026-03-31-runtime-bench-report.md has it (macOS): first page 4,258 ms"
          " (3,600 to 7,600), page switch 910 ms")


main()
