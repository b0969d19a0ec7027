"""The example app inside the npm package weui-wxss: every page opens without an error and has a picture."""
import concurrent.futures
import json
import os
import tempfile

from program import check, finish, root, run

app = root / "test/node_modules/weui-wxss/dist"
config = json.loads((app / "app.json").read_text())
pages = list(config["pages"])
for package in config.get("subpackages", config.get("subPackages", [])):
    pages += [f"{package['root'].rstrip('/')}/{page}" for page in package["pages"]]
check("the app has its pages", len(pages) == 58, len(pages))
folder = tempfile.mkdtemp()


def shot(page):
    base = os.path.join(folder, page.replace("/", "_"))
    status, _, errors = run("shot", app, "--page", page, "--out", base + ".png", "--boxes", base + ".json", "--dpr", "1")
    boxes = json.load(open(base + ".json"))["boxes"] if os.path.exists(base + ".json") else []
    return page, status, errors, len(boxes)


with concurrent.futures.ThreadPoolExecutor(max_workers=2) as pool:
    for page, status, errors, count in pool.map(shot, pages):
        check(page, status == 0 and count > 1, (status, count, errors))
finish()
