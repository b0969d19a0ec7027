#!/usr/bin/env python3
"""Measures functions and files under src/: 95 % of functions have at most 60 lines, none more than 100 (but those that
layers of virtual machines need, named below), no file has more than 900. Exit status 1 and one line a breach."""
import pathlib
import re
import sys

root = pathlib.Path(__file__).resolve().parent.parent
FILE_MAX, FUNCTION_MAX, FUNCTION_USUAL, SHARE = 900, 100, 60, 0.95
# Loops over the instructions of a machine read best in one piece.
EXEMPT = {("src/core/expr/vm.c", None)}


def functions(lines):
    """(name, first line, length): a body starts with '{' and ends with '}' in the first column."""
    start = None
    for number, line in enumerate(lines, 1):
        if line.startswith("{"):
            start = number
            names = re.findall(r"(\w+)\s*\(", " ".join(lines[max(0, number - 5):number - 1]))
            name = names[-1] if names else "?"
            head = lines[number - 2] if number >= 2 else ""
            match = re.match(r"[\w\s\*]*?(\w+)\(", head)
            name = match.group(1) if match else name
        elif line.startswith("}") and start is not None:
            yield name, start, number - start + 1
            start = None


def main():
    breaches, lengths = [], []
    for file in sorted((root / "src").rglob("*.[ch]")):
        name = file.relative_to(root).as_posix()
        lines = file.read_text().splitlines()
        if len(lines) > FILE_MAX:
            breaches.append(f"{name}: {len(lines)} lines, {FILE_MAX} are allowed")
        for function, first, length in functions(lines):
            lengths.append(length)
            if length > FUNCTION_MAX and (name, None) not in EXEMPT:
                breaches.append(f"{name}:{first}: {function}() has {length} lines, {FUNCTION_MAX} are allowed")
    short = sum(length <= FUNCTION_USUAL for length in lengths)
    if lengths and short < SHARE * len(lengths):
        breaches.append(f"only {100 * short / len(lengths):.1f} % of functions have {FUNCTION_USUAL} lines or fewer")
    print("\n".join(breaches) if breaches else
          f"sizes: {len(lengths)} functions, {100 * short / max(1, len(lengths)):.1f} % of {FUNCTION_USUAL} lines or fewer")
    return 1 if breaches else 0


sys.exit(main())
