"""docs/automation.md names every command as its row does. reference_test.py BUILD --update writes the table."""
import re
import sys

from program import check, finish, root

MARK = "<!-- commands: written by test/e2e/reference_test.py --update -->\n"
page = root / "docs/automation.md"
rows = []
for name in ("tool", "program", "page", "element", "gesture", "world", "capability", "people"):
    text = (root / f"src/door/automation/{name}.c").read_text()
    rows += re.findall(r'\{"((?:Tool|App|Page|Element|Mina|World)\.\w+)",[^"]*"((?:[^"\\]|\\.)*)"', text)
table = "".join(["| method | |\n|---|---|\n", *(f"| `{name}` | {words} |\n" for name, words in rows)])
before, _, after = page.read_text().partition(MARK)
if "--update" in sys.argv:
    page.write_text(before + MARK + table)
    after = table
check("commands", len(rows) > 60, len(rows))
check("docs/automation.md", after == table, "its table is another than the rows: run test/e2e/reference_test.py BUILD --update")
finish()
