"""clients/node, mina's own client: clients/node.js."""
import os
import subprocess
import sys

from program import mina, root

environment = dict(os.environ, NODE_PATH=str(root / "test/node_modules"))
done = subprocess.run(["node", str(root / "test/e2e/clients/node.js"), str(mina), str(root / "test/apps/automation")], env=environment,
                      stdin=subprocess.DEVNULL, timeout=280)
sys.exit(done.returncode)
