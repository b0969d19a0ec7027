#!/usr/bin/env python3
"""Embeds a folder's files as one table: embed_table.py OUT.c HEADER NAME ROOT FILE... writes `const struct asset NAME[]` of
{path below ROOT, media type, text, length}, which HEADER declares, and a row without a path at its end."""
import os
import sys

from embed import literal

TYPES = {'.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8',
         '.svg': 'image/svg+xml', '.json': 'application/json'}


def main():
    out, header, name, root = sys.argv[1:5]
    texts, rows = [], []
    for number, path in enumerate(sys.argv[5:]):
        with open(path, 'rb') as file:
            data = file.read()
        texts.append('static const char text_%d[] =\n%s;\n' % (number, literal(data)))
        rows.append('\t{"%s", "%s", text_%d, %d},' % (os.path.relpath(path, root), TYPES[os.path.splitext(path)[1]], number, len(data)))
    with open(out, 'w', encoding='ascii') as file:
        file.write('/* Made by tools/embed_table.py: do not edit. */\n#include "%s"\n\n' % header)
        file.write('\n'.join(texts))
        file.write('\nconst struct asset %s[] = {\n%s\n\t{0},\n};\n' % (name, '\n'.join(rows)))


if __name__ == '__main__':
    main()
