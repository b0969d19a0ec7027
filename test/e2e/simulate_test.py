"""clients/simulate beside miniprogram-simulate: the same script, with every call of the interface, over both, fact by fact; and
components of a library from npm."""
import json
import os
import subprocess

from program import check, finish, mina, root

# JavaScriptCore never gives back what it has compiled of some regular expressions; leaks are looked for in all other tests.
environment = dict(os.environ, MINA=str(mina.resolve()), TZ="Asia/Shanghai", ASAN_OPTIONS="detect_leaks=0")
script = root / "test/e2e/clients/simulate.js"
ours, theirs = str(root / "clients/simulate"), "miniprogram-simulate"


def facts(*words):
    done = subprocess.run(["node", str(script), *words], capture_output=True, text=True, env=environment, timeout=300)
    check(f"{words} ends well", done.returncode == 0 and not done.stderr, done.stderr)
    return [json.loads(line) for line in done.stdout.splitlines()]


for words, least in (((), 40), (("vant",), 4)):
    left, right = facts(ours, *words), facts(theirs, *words)
    check("as many facts", len(left) == len(right) > least)
    for (name, have), (other, want) in zip(left, right):
        check(f"{name}, {other}", (name, have) == (other, want), f"{have!r}\nwhere the original has\n     {want!r}")
finish()
