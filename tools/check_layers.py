#!/usr/bin/env python3
"""Holds every #include under src/ to src/layers.txt. Exit status 1 and one line a breach."""
import pathlib
import re
import sys

root = pathlib.Path(__file__).resolve().parent.parent
source = root / "src"

# What a foreign name in layers.txt stands for, as include paths.
FOREIGN = {
    "JavaScriptCore": r"JavaScriptCore/",
    "cairo": r"cairo", "pango": r"pango/", "png": r"png\.h|zlib\.h", "turbojpeg": r"turbojpeg\.h", "webp": r"webp/",
    "librsvg": r"librsvg/", "fontconfig": r"fontconfig/", "freetype": r"ft2build\.h|freetype/", "harfbuzz": r"hb",
    "gif": r"gif_lib\.h", "glib": r"glib|gio/", "gio": r"gio/", "libsoup": r"libsoup/", "sqlite3": r"sqlite3\.h",
    "gst": r"gst/", "linux": r"linux/", "posix": r"sys/|unistd\.h|fcntl\.h|dirent\.h|poll\.h|pthread\.h|signal\.h",
}
STANDARD = {
    "assert.h", "ctype.h", "errno.h", "float.h", "inttypes.h", "limits.h", "locale.h", "math.h", "setjmp.h", "stdalign.h", "stdarg.h",
    "stdatomic.h", "stdbool.h", "stddef.h", "stdint.h", "stdio.h", "stdlib.h", "string.h", "time.h", "wchar.h",
}


def read_rules():
    rules = {}
    for line in (source / "layers.txt").read_text().splitlines():
        line = line.split("#")[0].strip()
        if not line:
            continue
        folder, _, rest = line.partition(":")
        own, _, foreign = rest.partition("|")
        rules[folder.strip()] = (set(own.split()), foreign.split())
    return rules


def folder_of(path, rules):
    """The longest rule that the path lies in."""
    parts = path.split("/")
    for end in range(len(parts), 0, -1):
        name = "/".join(parts[:end])
        if name in rules:
            return name
    return None


def main():
    rules = read_rules()
    breaches = []
    for file in sorted(source.rglob("*.[ch]")):
        name = file.relative_to(source).as_posix()
        home = folder_of(str(pathlib.PurePosixPath(name).parent), rules)
        if home is None:
            breaches.append(f"src/{name}: its folder has no line in src/layers.txt")
            continue
        allowed, foreign = rules[home]
        for number, line in enumerate(file.read_text().splitlines(), 1):
            match = re.match(r'\s*#\s*include\s+(["<])([^">]+)[">]', line)
            if not match:
                continue
            quote, target = match.groups()
            if quote == '"':
                if "/" not in target and ((file.parent / target).exists() or target.endswith(".inc")):
                    continue  # its own, or a table that the build makes
                other = folder_of(str(pathlib.PurePosixPath(target).parent), rules)
                fine = other == home or "*" in allowed or other in allowed or (target.startswith("mina/") and home == "door")
                if not fine:
                    breaches.append(f"src/{name}:{number}: {home} may not include {other or target}")
            elif target not in STANDARD and "*" not in allowed:
                if not any(re.match(FOREIGN.get(word, re.escape(word)), target) for word in foreign):
                    breaches.append(f"src/{name}:{number}: {home} may not include the foreign <{target}>")
    print("\n".join(breaches) if breaches else f"layers: {len(rules)} folders keep to src/layers.txt")
    return 1 if breaches else 0


sys.exit(main())
