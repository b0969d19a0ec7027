"""`mina npm`: packages of every kind, built and run."""
import json
import os

from program import check, finish, package, run

PROJECT = {
    "app.json": {"pages": ["a/a"], "usingComponents": {"own-card": "own-kit/card/index"}}, "app.js": "App({})", "a/a.wxml": "<own-card/>",
    "package.json": {"dependencies": {"plain": "1", "own-kit": "1", "@scope/esm": "1", "data": "1"}},
    # CommonJS with modules, a circle, JSON, a folder, another package and a file of one
    "node_modules/plain/package.json": {"name": "plain", "version": "1.2.3", "main": "lib/main", "dependencies": {"inner": "1", "deep": "1"}},
    "node_modules/plain/lib/main.js": "#!/usr/bin/env node\nconst { name } = require('./data.json'), dir = require('./dir'), a = require('./a');\n"
                                      "module.exports = { name, dir, a: a.a(), inner: require('inner'), deep: require('deep/one'), env: process.env.NODE_ENV }",
    "node_modules/plain/lib/data.json": {"name": "plain's data"},
    "node_modules/plain/lib/dir/index.js": "module.exports = 'a folder'",
    "node_modules/plain/lib/a.js": "exports.a = () => require('./b').b(); exports.c = 'c'",
    "node_modules/plain/lib/b.js": "const a = require('./a'); exports.b = () => a.c",
    "node_modules/plain/node_modules/inner/package.json": {"version": "2.0.0"},
    "node_modules/plain/node_modules/inner/index.js": "module.exports = 'inner of plain'",
    "node_modules/deep/package.json": {"exports": {"./one": {"import": "./src/one.mjs", "default": "./src/one.cjs"}}},
    "node_modules/deep/src/one.cjs": "module.exports = 'deep one'",
    # made for mini programs
    "node_modules/own-kit/package.json": {"version": "3.0.0", "miniprogram": "dist"},
    "node_modules/own-kit/dist/card/index.json": {"component": True}, "node_modules/own-kit/dist/card/index.wxml": "<view>card</view>",
    "node_modules/own-kit/dist/card/index.js": "Component({ attached() { console.log('a card') } })",
    "node_modules/own-kit/src/never.js": "never",
    # ES modules: names, default, namespace, stars, a circle that reads late, what a browser gets
    "node_modules/@scope/esm/package.json": {"module": "index.mjs", "browser": {"./node.mjs": "./web.mjs", "fs": False}},
    "node_modules/@scope/esm/index.mjs": "import d, { x as y, count, up } from './x.mjs'\nimport * as all from './x.mjs'\nimport where from './node.mjs'\n"
                                         "import 'fs'\nexport * from './star.mjs'\nexport { late } from './circle.mjs'\nexport const here = 'here'\n"
                                         "export default () => { up(); return [d, y, count, Object.keys(all).sort().join(), where, import.meta.url].join(' ') }",
    "node_modules/@scope/esm/x.mjs": "export default 'd'\nexport const x = 'x'\nexport let count = 0\nexport function up() { count += 1 }",
    "node_modules/@scope/esm/star.mjs": "export const star = '*'", "node_modules/@scope/esm/node.mjs": "export default 'node'",
    "node_modules/@scope/esm/web.mjs": "export default 'web'",
    "node_modules/@scope/esm/circle.mjs": "import { here } from './index.mjs'\nexport const late = () => here",
    # nothing to run
    "node_modules/data/package.json": {"version": "1.0.0"}, "node_modules/data/data.txt": "x",
    "miniprogram_npm/gone/index.js": "old",
    "a/a.js": "const esm = require('@scope/esm'), plain = require('plain')\nconsole.log(JSON.stringify(plain))\n"
              "console.log(esm.default(), esm.star, esm.late())\nPage({})",
}
app = package(PROJECT)
status, out, errors = run("npm", app)
check("it builds", status == 0, (status, out, errors))
check("what was built is told", "plain 1.2.3: " in out and "own-kit 3.0.0: 3 files copied to miniprogram_npm/own-kit" in out
      and "@scope/esm" in out, out)
check("a package without scripts is left out", "data: warning:" in errors and not (app / "miniprogram_npm/data").exists(), errors)
check("what an earlier build left is gone", not (app / "miniprogram_npm/gone").exists())
check("only what the package names is copied", not (app / "miniprogram_npm/own-kit/src").exists())
status, out, errors = run("shot", app, "--out", app / "a.png")
said = out + errors
want = {"name": "plain's data", "dir": "a folder", "a": "c", "inner": "inner of plain", "deep": "deep one", "env": "production"}
check("modules run", "[log] " + json.dumps(want, separators=(",", ":")) in said, said)
check("ES modules run", "[log] d x 1 count,default,up,x web  * here" in said, said)
check("components too", "[log] a card" in said, said)
first = (app / "miniprogram_npm/plain/index.js").read_bytes()
run("npm", app)
check("the same bytes each time", (app / "miniprogram_npm/plain/index.js").read_bytes() == first)
check("and the package checks", run("check", app)[0] == 0, run("check", app))

wrong = package({"app.json": {"pages": ["a"]}, "package.json": {"dependencies": {"missing": "1", "bad": "1", "../../etc": "1"}},
                 "node_modules/bad/package.json": "{", "node_modules/bad/index.js": "require('fs'); require('./no'); require('nowhere')"})
status, out, errors = run("npm", wrong)
check("a package that is not installed", status == 1 and "package.json: error: The package missing is not in node_modules: run npm install" in errors, errors)
check("a broken package.json has its place", "bad:1:2: error:" in errors or "bad:1:1: error:" in errors, errors)
check("Node.js's own modules", "node_modules/bad/index.js:1:10: warning: require('fs'): Node.js's own modules are not in a mini program" in errors, errors)
check("a file that is not there", "index.js:1:25: warning: require('./no'): there is no such file in the package" in errors, errors)
check("what only it asks for is a warning", "bad: warning: The package nowhere is not in node_modules" in errors, errors)
check("no way out of the project", "That is no name of a package: ../../etc" in errors, errors)
got = run("npm", package({"app.json": {"pages": ["a"]}}))
check("no package.json", got[0] == 1, got)
check("no folder", run("npm", "/no/such/folder")[0] == 1 and run("npm")[0] == 2)

moved = package({"project.config.json": {"miniprogramRoot": "mini/", "setting": {"packNpmManually": True, "packNpmRelationList": [
    {"packageJsonPath": "./package.json", "miniprogramNpmDistDir": "./mini/"}]}},
    "package.json": {"dependencies": {"one": "1"}}, "node_modules/.store/one/index.js": "module.exports = 1", "mini/app.json": {"pages": ["a"]}})
os.symlink(".store/one", moved / "node_modules/one")
status, out, errors = run("npm", moved)
check("where the project says", status == 0 and (moved / "mini/miniprogram_npm/one/index.js").exists(), (status, out, errors))
finish()
