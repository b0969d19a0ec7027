"""Custom components beside Tencent's glass-easel: the same programs through both, trace by trace and tree by tree.

test/data/component.dat has the cases; random programs follow, a bounded number of seeds here. To search on:
    python3 test/e2e/component_test.py BUILD random FIRST COUNT"""
import concurrent.futures
import json
import re
import shutil
import subprocess
import sys
import tempfile

from component_random import random_program
from program import check, finish, package, root, run

RANDOM = (1, 60)  # the first seed of a test run, and how many

TRACE = """
const show = exports.show = (value) => (typeof value === 'string' ? value : typeof value === 'function' ? 'function' : value === undefined ? 'undefined'
  : Number.isNaN(value) ? 'NaN' : JSON.stringify(value, (key, item) => (item && typeof item === 'object' && !Array.isArray(item)
    ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1))) : item)))
const log = exports.log = (...words) => console.log(words.map(show).join(' '))
const live = exports.live = new Set()
const label = (name, self) => (self.data.at ? `${name}:${self.data.at}` : self.id ? `${name}#${self.id}` : name)
exports.place = (self) => label(self.is, self)
exports.once = (self, what, value) => {
  const told = show(value)
  self.told = self.told || {}
  if (self.told[what] !== told && (!self.data.at || live.has(self))) log(label(self.is, self), what, told)
  self.told[what] = told
}
exports.some = (number) => {
  const all = [...live].sort((a, b) => (label(a.is, a) < label(b.is, b) ? -1 : 1))
  return all[number % all.length]
}
exports.name = (self) => (self ? label(self.is, self) : String(self))
exports.life = (name) => Behavior({ lifetimes: {
  created() { log(name, 'created') },
  attached() { live.add(this); log(label(name, this), 'attached') },
  moved() { log(label(name, this), 'moved') },
  detached() { live.delete(this); log(label(name, this), 'detached') },
} })
exports.dump = () => { for (const self of live) log('=', label(self.is, self), self.data) }
"""
HEAD = "const { log, name, live, life, dump, place, once, show, some } = require('./trace'); const lib = require('./lib');\n"
STEPS = """
function next(self, at) {
  if (at >= steps.length) return dump()
  log('>', at)
  try { steps[at].call(self) } catch (error) { log('thrown', error.message) }
  setTimeout(() => next(self, at + 1), 20)
}
"""


def program(sections):
    """The files of a program: each section is a component's template, object, and configuration, parted by lines of `---`."""
    parts = {name: (re.split(r"\n?^---$\n?", text, flags=re.M) + ["", "{}"])[:3] for name, text in sections.items() if name not in ("steps", "lib")}
    steps = [line for line in sections.get("steps", "").splitlines() if line.strip()]
    files = {"app.json": json.dumps({"pages": ["page"], "window": {"navigationStyle": "custom"}}), "app.js": "App({})",
             "trace.js": TRACE, "lib.js": "const { log, name } = require('./trace')\n" + sections.get("lib", "")}
    for name, (template, script, config) in parts.items():
        config = {"usingComponents": {other: f"./{other}" for other in parts if other not in ("page", name)}, **json.loads(config or "{}")}
        files[f"{name}.wxml"] = template
        if name == "page":
            functions = ", ".join(f"function () {{ {step} }}" for step in steps)
            files["page.js"] = f"{HEAD}const steps = [{functions}]{STEPS}Page({{ {script}\n, onReady() {{ next(this, 0) }} }})" \
                if script.strip() else f"{HEAD}const steps = [{functions}]{STEPS}Page({{ onReady() {{ next(this, 0) }} }})"
            files["page.json"] = json.dumps(config)
        else:
            files[f"{name}.js"] = f"{HEAD}const own = {{ {script}\n}}\nComponent({{ ...own, behaviors: [life('{name}'), ...(own.behaviors ?? [])] }})"
            files[f"{name}.json"] = json.dumps({"component": True, **config})
    return files


def cases(text):
    """[(name, why it is left out, sections)] of a data file."""
    found = []
    for block in re.split(r"^#name ", text, flags=re.M)[1:]:
        title, _, rest = block.partition("\n")
        pieces = re.split(r"^#(\w+)(.*)\n", rest, flags=re.M)
        sections = {pieces[i]: pieces[i + 2].strip("\n") for i in range(1, len(pieces), 3)}
        skip = next((pieces[i + 1].strip() for i in range(1, len(pieces), 3) if pieces[i] == "skip"), None)
        sections.pop("skip", None)
        found.append((title, skip, sections))
    return found


def tree_of(boxes):
    """Tag and id of each element that has a box, texts joined, indented by depth."""
    lines, text = [], None
    for box in boxes:
        depth = box["path"].count(">")
        if box["tag"] != "#text":
            lines.append("  " * depth + box["tag"] + (f"#{box['id']}" if box.get("id") else ""))
            text = None
        elif box["text"].strip():
            if text == depth:
                lines[-1] += box["text"].strip()
            else:
                lines.append("  " * depth + '"' + box["text"].strip())
            text = depth
    return lines


def ours(files):
    app = package(files)
    out = app / "out.json"
    status, _, errors = run("shot", app, "--boxes", out, "--settle", 40 * files["page.js"].count("function () {") + 100)
    trace = []
    for line in errors.splitlines():
        if line.startswith("[error] "):
            trace.append("[error] " + re.sub(r"^(\[error\] )(?:\w*Error: )?", "", line))
        elif line.startswith(("[log]", "[warn]")):
            trace.append(line)
    tree = tree_of(json.loads(out.read_text())["boxes"]) if out.exists() and out.read_text() else []
    shutil.rmtree(app)
    return trace + ([f"status {status}: {errors}"] if status not in (0, 1) else []), tree


def theirs(programs):
    done = subprocess.run(["node", str(root / "test/e2e/clients/easel.mjs")], input=json.dumps(programs), stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, text=True, timeout=200)
    if done.returncode:
        sys.exit(f"component_test: {done.stderr}\n0 passed, 1 failed")
    return json.loads(done.stdout)


def kept(trace):
    """Warnings differ in their words."""
    return [line for line in trace if not line.startswith("[warn]")]


def by_component(trace):
    """What each component says, for itself: where two orders across components are both right."""
    parts, turn = {}, ""
    for line in trace:
        words = line.split(" ")
        turn = line if words[1] == ">" else turn
        parts.setdefault((turn, words[1]), []).append(line)
    return [line for key in sorted(parts, key=lambda key: (int(key[0].split(" ")[-1]) if key[0] else -1, key[1]))
            for line in (sorted(parts[key]) if key[1] == "=" else parts[key])]


def difference(a, b):
    at = next((i for i, (x, y) in enumerate(zip(a, b)) if x != y), min(len(a), len(b)))
    return "\n".join([f"     line {at + 1}:", *(f"     ours   {line}" for line in a[max(0, at - 3):at + 12]),
                      *(f"     theirs {line}" for line in b[max(0, at - 3):at + 12])])


def compare(named):
    """[(name, files)]"""
    peer = theirs([files for _, files in named])
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        mine = list(pool.map(ours, (files for _, files in named)))
    for (name, _), (trace, tree), other in zip(named, mine, peer):
        loose = "(each)" in name or name.startswith("random")
        a, b = ((by_component(kept(one)) if loose else kept(one)) for one in (trace, other["trace"]))
        check(f"{name}: trace", a == b, "\n" + difference(a, b))
        check(f"{name}: tree", tree == other["tree"], "\n" + difference(tree, other["tree"]))


def seeds(first, count):
    return [(f"random {seed}", program(random_program(seed))) for seed in range(first, first + count)]


match = sys.argv[2] if len(sys.argv) > 2 else ""
if match == "random":
    compare(seeds(*map(int, sys.argv[3:5])))
else:
    found = cases((root / "test/data/component.dat").read_text())
    compare([(name, program(sections)) for name, skip, sections in found if not skip and match in name] + ([] if match else seeds(*RANDOM)))
finish()
