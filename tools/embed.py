#!/usr/bin/env python3
"""Embeds files in a program: embed.py OUT.c NAME=FILE... writes `const char NAME[]` for each, a
zero-terminated text, and `const unsigned long NAME_len`, its length without the zero."""

import sys


def literal(data):
    """The bytes as C string literals, one for each line of the file."""
    lines = []
    for line in data.splitlines(keepends=True):
        text = ''
        for byte in line:
            char = chr(byte)
            if char in '\\"?':
                text += '\\' + char
            elif char == '\n':
                text += '\\n'
            elif 32 <= byte < 127:
                text += char
            else:
                text += '\\%03o' % byte
        lines.append('\t"%s"' % text)
    return '\n'.join(lines) or '\t""'


def main():
    out = ['/* Made by tools/embed.py: do not edit. */']
    for item in sys.argv[2:]:
        name, path = item.split('=', 1)
        with open(path, 'rb') as file:
            data = file.read()
        out.append('extern const char %s[];\nextern const unsigned long %s_len;' % (name, name))
        out.append('const char %s[] =\n%s;' % (name, literal(data)))
        out.append('const unsigned long %s_len = %d;\n' % (name, len(data)))
    with open(sys.argv[1], 'w', encoding='ascii') as file:
        file.write('\n'.join(out))


if __name__ == '__main__':
    main()
