"""The simulator in a real browser: each program of test/browser."""
import pathlib
import re
import subprocess
import sys

from program import check, finish, mina

here = pathlib.Path(__file__).resolve().parent.parent / "browser"
for script in sorted(here.glob("*.test.mjs")):
    done = subprocess.run(["node", str(script), str(mina)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=240)
    counts = re.findall(r"^(\d+) passed, (\d+) failed$", done.stdout, re.M)
    check(script.name, done.returncode == 0 and counts, done.stdout[-6000:])
finish()
