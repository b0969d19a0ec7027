"""miniprogram-automator itself, the official client, against mina: the jest suite in automator/."""
import os
import subprocess
import sys

from program import mina, root

jest = root / "test/node_modules/jest/bin/jest.js"
if not jest.exists():
    print("jest is not installed: run npm ci in test/\n0 passed, 1 failed")
    sys.exit(1)
environment = dict(os.environ, MINA=str(mina.resolve()), APP=str(root / "test/apps/automation"))
done = subprocess.run(["node", str(jest), "--config", str(root / "test/e2e/automator/jest.config.js"), "--runInBand"], env=environment,
                      stdin=subprocess.DEVNULL, timeout=280)
sys.exit(done.returncode)
