#!/usr/bin/env python3
"""Prints every figure of the README beside the peer's, measured in the same run, as a ratio.

The peer is a folder with oracle.mjs (Chromium with glass-easel), named by the environment variable ORACLE and prepared
with `npm ci`. Without it mina's own figures are printed alone.

    ORACLE=/path/to/oracle python3 bench/run.py"""
import json
import os
import pathlib
import resource
import statistics
import subprocess
import sys
import tempfile
import time

root = pathlib.Path(__file__).resolve().parent.parent
mina = root / "build/mina"
oracle = os.environ.get("ORACLE")
weui = root / "test/node_modules/weui-wxss/dist"
PAGE = "example/index"
RUNS = 11


def timed(command, cwd=None, env=None):
    """Wall time in ms and the peak RSS in MB of a whole process."""
    start = time.monotonic()
    process = subprocess.Popen(command, cwd=cwd, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    out, _ = process.communicate()
    return (time.monotonic() - start) * 1e3, out.decode()


def peak(command):
    """The peak RSS in MB, measured by a child of its own."""
    code = ("import resource, subprocess, sys; subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL);"
            "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)")
    return float(subprocess.run([sys.executable, "-c", code, *map(str, command)], stdout=subprocess.PIPE).stdout)


def row(name, ours, theirs, unit, bigger_is_better=False):
    if theirs is None:
        print(f"{name:<44} mina {ours:>10.2f} {unit}")
        return
    ratio = ours / theirs if bigger_is_better else theirs / ours
    print(f"{name:<44} mina {ours:>10.2f} {unit:<4} peer {theirs:>10.2f} {unit:<4} {ratio:>7.1f} times better")


def peer(*words):
    with tempfile.NamedTemporaryFile(suffix=".json") as file:
        ms, _ = timed(["node", "oracle.mjs", *words, "--timing", file.name], cwd=oracle)
        return ms, json.loads(pathlib.Path(file.name).read_text() or "{}")


def peer_awaited():
    """Awaited setData a second: the peer calls back once for each frame of the display; mina's display is virtual."""
    seconds = 4
    with tempfile.NamedTemporaryFile(suffix=".json") as file:
        timed(["node", "oracle.mjs", "--app", str(root / "bench/apps/rows"), "--page", "pages/rows/rows", "--tap", "#small", "--settle",
               str(seconds * 1000), "--boxes", file.name], cwd=oracle)
        texts = [box["text"] for box in json.loads(pathlib.Path(file.name).read_text())["boxes"] if box.get("text")]
    return (10000 - int(texts[0])) / seconds


def share():
    """A whole round trip: alice shares to a group with a ticket, bob opens the card, both log in, ask for the group and decrypt it.
    The peer knows no sharing: beside it stands its opening of the two pages alone."""
    example = root / "examples/share"
    trip = [str(mina), "share", str(example), "--page", "pages/card/card?id=book", "--button", "#forward", "--to", "group:family",
            "--open-as", "bob", "--quiet"]
    ours = statistics.median(timed(trip)[0] for _ in range(RUNS))
    page = ("--app", str(example), "--page", "pages/card/card", "--settle", "0")
    theirs = statistics.median(peer(*page)[0] + peer(*page)[0] for _ in range(3)) if oracle else None
    row("share round trip (peer: opens both pages)", ours, theirs, "ms")


def main():
    if not mina.exists() or not weui.exists():
        sys.exit("bench: run `make build` and `make test` first")
    out = tempfile.mkdtemp()
    shot = [str(mina), "shot", str(weui), "--page", PAGE, "--out", f"{out}/a.png", "--settle", "0"]
    ours = statistics.median(timed(shot)[0] for _ in range(RUNS))
    memory = peak(shot)
    times, timing = [], {}
    for _ in range(3 if oracle else 0):
        ms, timing = peer("--app", str(weui), "--page", PAGE, "--settle", "0")
        times.append(ms)
    row("process start to first frame, weui index", ours, statistics.median(times) if times else None, "ms")
    their_memory = timing.get("memory", {}).get("pss") or timing.get("memory", {}).get("rss")
    row("memory at that point", memory, their_memory and their_memory / (1 << 20 if their_memory > 1e5 else 1), "MB")
    figures = json.loads(timed([str(root / "build/release/bench/bench_page"), str(root / "bench/apps/rows")])[1])
    bench = peer("--bench")[1].get("bench", {}) if oracle else {}
    for name in ("append 1000 rows", "one field of 1000 rows", "reorder 200 rows"):
        entry = bench.get(name, {}) if isinstance(bench, dict) else next((b for b in bench if b.get("name") == name), {})
        total = entry.get("total", {})
        theirs = total.get("median") if isinstance(total, dict) else total
        row(f"{name}: setData and layout", figures[name]["layout"], theirs, "ms")
        row(f"{name}: with paint", figures[name]["paint"], None, "ms")
    row("small awaited setData (the peer's display: 60)", figures["small awaited setData a second"], peer_awaited() if oracle else None,
        "/s", True)
    share()


main()
