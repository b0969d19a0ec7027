#!/usr/bin/env python3
"""Makes the table of administrative divisions (省市区) that src/runtime/component/region.c includes.

usage: region.py PACKAGE_JSON PACKAGE_LOCK OUTPUT

The data is the npm package that PACKAGE_JSON names; it is installed beside OUTPUT. Each row of the table is a code of GB/T 2260 and
the division's name, in the order of the codes.
"""
import json
import os
import shutil
import subprocess
import sys

LIST = 'const { areaList } = require("@vant/area-data"); process.stdout.write(JSON.stringify(areaList))'


def main():
    package, lock, output = sys.argv[1:4]
    folder = os.path.join(os.path.dirname(os.path.abspath(output)), 'region')
    os.makedirs(folder, exist_ok=True)
    shutil.copy(package, os.path.join(folder, 'package.json'))
    shutil.copy(lock, os.path.join(folder, 'package-lock.json'))
    subprocess.run(['npm', 'ci', '--no-audit', '--no-fund', '--silent'], cwd=folder, check=True)
    lists = json.loads(subprocess.run(['node', '-e', LIST], cwd=folder, check=True, capture_output=True).stdout)
    rows = {}
    for names in lists.values():
        rows.update({int(code): name for code, name in names.items()})
    if len(rows) < 3000 or any('"' in name or '\\' in name for name in rows.values()):
        sys.exit('region.py: these are not the divisions of China')
    with open(output, 'w', encoding='utf-8') as out:
        out.write('/* Made by tools/region.py. */\n')
        for code in sorted(rows):
            out.write('{%d, "%s"},\n' % (code, rows[code]))


main()
