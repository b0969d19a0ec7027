"""Templates and data from a seed, through the official compiler (miniprogram-compiler's wcc, in Node) and through core/wxml: the trees
have to be the same. By hand: `wcc_test.py BUILD --cases 100000 [--seed N] [--first N]`; each case is one template, with three data."""
import argparse
import concurrent.futures
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

from program import check, finish, root

sys.path.insert(0, str(root / "test/wcc"))
from templates import Templates  # noqa: E402

parser = argparse.ArgumentParser()
parser.add_argument("build", type=pathlib.Path)
parser.add_argument("--cases", type=int, default=3000)
parser.add_argument("--first", type=int, default=0)
parser.add_argument("--seed", type=int, default=1)
parser.add_argument("--show", type=int, default=5, help="differences that are printed whole")
options = parser.parse_args()

BATCH = 250
folder = pathlib.Path(tempfile.mkdtemp(prefix="mina-wcc-"))
compiler = folder / "wcc"
shutil.copy(root / "test/node_modules/miniprogram-compiler/bin/linux/wcc", compiler)
compiler.chmod(0o755)  # the package has it without


def lines(command, cases):
    text = "".join(json.dumps(case, ensure_ascii=False) + "\n" for case in cases)
    done = subprocess.run(command, input=text.encode(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=250)
    if done.returncode:
        raise RuntimeError(f"{command[0]}: {done.returncode} {done.stderr.decode('utf-8', 'replace')[-3000:]}")
    return [json.loads(line) for line in done.stdout.decode().splitlines()]


def camel(name):
    """The compiler gives `dash-ed` as dashEd; here properties of components are found so."""
    return re.sub("-(.)", lambda match: match[1].upper(), name)


def tidy(nodes):
    """Texts beside each other are one, and an empty one is none; what is empty says nothing."""
    out = []
    for node in nodes:
        if isinstance(node, str):
            if out and isinstance(out[-1], str):
                out[-1] += node
            elif node:
                out.append(node)
            continue
        node["children"] = tidy(node["children"])
        node["attr"] = {camel(name): value for name, value in node["attr"].items()}
        out.append({key: part for key, part in node.items() if part not in ("", [], {})})
    return out


def normal(trees):
    return [json.dumps(tidy(tree), sort_keys=True, ensure_ascii=False, indent=1) for tree in trees]


def batch(first):
    cases = [Templates(options.seed, number).case() for number in range(first, min(first + BATCH, options.first + options.cases))]
    work = folder / str(first)
    work.mkdir()
    official = lines(["node", str(root / "test/wcc/official.mjs"), str(compiler), str(work)], cases)
    shutil.rmtree(work)
    ours = lines([str(options.build / "test/wcc/trees")], cases)
    return first, cases, official, ours


def difference(case, should, found):
    which = next(i for i in range(len(should)) if should[i] != found[i])
    files = "\n".join(f"--- {name}\n{text}" for name, text in case["files"].items())
    rows = zip(should[which].splitlines(), found[which].splitlines())
    line = next((i for i, (a, b) in enumerate(rows) if a != b), 0)
    return (f"{files}\n--- data {which}\n{json.dumps(case['data'][which], ensure_ascii=False)}\n--- official\n{should[which]}\n--- mina\n{found[which]}\n"
            f"--- first difference: line {line + 1}\n{should[which].splitlines()[line]}\n{(found[which].splitlines() + [''])[line]}")


counts = {"same": 0, "refused": 0, "different": 0}
starts = range(options.first, options.first + options.cases, BATCH)
with concurrent.futures.ThreadPoolExecutor(max_workers=os.cpu_count() or 2) as pool:
    for first, cases, official, ours in pool.map(batch, starts):
        for number, (case, should, found) in enumerate(zip(cases, official, ours), first):
            if isinstance(should, dict):
                counts["refused"] += 1
                if os.environ.get("WCC_REFUSED"):
                    print(number, should, case["files"])
                continue
            should, found = normal(should), normal(found)
            same = should == found
            counts["same" if same else "different"] += 1
            if not same and counts["different"] <= options.show:
                print(f"=== case {number} of seed {options.seed}\n{difference(case, should, found)}")
shutil.rmtree(folder)
print(f"{options.cases} templates: {counts}")
check("the trees are the official compiler's", counts["different"] == 0, counts)
check("the official compiler takes nearly all templates", counts["refused"] * 20 < options.cases, counts)
finish()
