"""Runs the command line of a build folder and counts what holds: used by every *_test.py here."""
import json
import os
import pathlib
import subprocess
import sys
import tempfile

root = pathlib.Path(__file__).resolve().parents[2]
mina = pathlib.Path(sys.argv[1]) / "src/door/cli/mina"
counts = {"passed": 0, "failed": 0}


def run(*words, timeout=120, cwd=None):
    """(status, standard output, standard error); a status below zero is a signal, 99 a report of a sanitizer."""
    environment = dict(os.environ)
    environment["ASAN_OPTIONS"] = environment.get("ASAN_OPTIONS", "") + ":exitcode=99"
    environment["UBSAN_OPTIONS"] = environment.get("UBSAN_OPTIONS", "") + ":exitcode=99"
    done = subprocess.run([str(mina), *map(str, words)], cwd=cwd, env=environment, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=timeout)
    return done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace")


def check(name, holds, detail=""):
    counts["passed" if holds else "failed"] += 1
    if not holds:
        print(f"FAIL {name}\n     {str(detail)[-3000:]}")
    return holds


def package(files):
    """A folder with these files: text, bytes, or anything that becomes JSON."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="mina-test-"))
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, bytes):
            path.write_bytes(content)
        else:
            path.write_text(content if isinstance(content, str) else json.dumps(content))
    return folder


def page(script="Page({})", template="<view>x</view>", style="", config=None, **more):
    """A whole small program with one page, pages/a/a."""
    return package({
        "app.json": {"pages": ["pages/a/a"]}, "app.js": "App({})", "pages/a/a.js": script, "pages/a/a.wxml": template,
        "pages/a/a.wxss": style, "pages/a/a.json": config or {}, **more,
    })


def boxes(app, *words):
    """The boxes of a shot by path, and what was printed to standard error."""
    out = pathlib.Path(tempfile.mkstemp(suffix=".json")[1])
    status, _, errors = run("shot", app, "--boxes", out, *words)
    text = out.read_text()
    out.unlink()
    return status, {box["path"]: box for box in json.loads(text)["boxes"]} if text else {}, errors


def texts(found):
    return [box["text"].strip() for box in found.values() if box["tag"] == "#text"]


def finish():
    print(f"{counts['passed']} passed, {counts['failed']} failed")
    sys.exit(1 if counts["failed"] else 0)
