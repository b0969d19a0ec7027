/* What the official compiler makes of templates, in the form of trees.c. Arguments: the compiler, a folder to work in. Standard input and
 * output as trees.c; a line is null when the compiler refuses a template, or its program throws. */
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import vm from 'node:vm'

const [compiler, folder] = process.argv.slice(2)
const cases = fs.readFileSync(0, 'utf8').split('\n').filter(Boolean).map(line => JSON.parse(line))

for (const test of cases) {
  for (const [name, text] of Object.entries(test.files)) {
    fs.mkdirSync(path.join(folder, path.dirname(name)), { recursive: true })
    fs.writeFileSync(path.join(folder, name), text)
  }
}

/* One refused file fails the whole run: it is left out, and the rest tried again. */
function compile() {
  const refused = new Map()
  for (;;) {
    const kept = cases.filter(test => !refused.has(path.dirname(test.main)))
    const files = kept.flatMap(test => Object.keys(test.files)).map(name => './' + name)
    const done = spawnSync(compiler, ['-cc', '0', ...files, '-gn', '$gwx'], { cwd: folder, maxBuffer: 1 << 30 })
    const said = done.stdout.toString() + done.stderr.toString()
    if (done.status === 0) return [done.stdout.toString(), refused]
    const bad = [...said.matchAll(/^\.\/([^/\s]+)\/[^\s:]*:\d+:\d+: .*$/gm)]
    if (!bad.length) throw new Error('wcc: ' + said.slice(0, 500))
    for (const match of bad) refused.set(match[1], match[0])
  }
}

const [program, refused] = compile()
let thrown = null
const window = { __webview_engine_version__: 0.02 }
const context = vm.createContext({ window, console: { log(error) { thrown = error }, warn() {} } })
vm.runInContext(program, context)
const evaluate = vm.runInContext('(function (name, data) { return $gwx(name)(JSON.parse(data), {}, {}) })', context)

const isArray = v => Array.isArray(v)
const isObject = v => v !== null && typeof v === 'object' && !isArray(v)
const text = v => v === null || v === undefined ? '' : String(v)

function plain(v) {
  if (v === undefined || typeof v === 'function' || (typeof v === 'number' && !isFinite(v))) return { $: String(v) }
  if (isArray(v)) return Array.from(v, plain)
  if (isObject(v)) return Object.fromEntries(Object.entries(v).filter(([, item]) => item !== undefined).map(([key, item]) => [key, plain(item)]))
  return v
}

const entities = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0', ensp: '\u2002', emsp: '\u2003', copy: '©' }
/* The compiler leaves character references to the base library. */
const decode = v => typeof v === 'string' ? v.replace(/&(\w+);/g, (all, name) => entities[name] ?? all) : v

const classes = v => text(isArray(v) ? v.map(text).join(' ') : v).split(/[ \t-\r]+/).filter(Boolean)
const datasetKey = name => name.toLowerCase().replace(/-([a-z])/g, (_, letter) => letter.toUpperCase())

function attributes(from, to) {
  const slot = to.tag === 'slot'
  for (let [name, v] of Object.entries(from)) {
    const bind = /^(capture-)?(bind|catch|mut-bind):?(.+)$/.exec(name)
    v = decode(v)
    if (name === 'class') to.class = classes(v)
    else if (name === 'id' || name === 'style') to[name] = text(v)
    else if (name === (slot ? 'name' : 'slot')) to[name] = text(v)
    else if (v === undefined) continue
    else if (name.startsWith('data-')) (to.data ??= {})[datasetKey(name.slice(5))] = plain(v)
    else if (name.startsWith('mark:')) (to.mark ??= {})[name.slice(5)] = plain(v)
    else if (bind) to.bind[`${bind[1] ?? ''}${bind[2]}:${bind[3]}`] = plain(v)
    else to.attr[name] = plain(v)
  }
}

function tree(nodes) {
  return nodes.flatMap(node => {
    if (!isObject(node)) return [decode(text(node))]
    if (node.tag === 'virtual') return tree(node.children)
    const to = { tag: node.tag.slice(3), bind: {}, class: [], attr: {} }
    attributes(node.attr, to)
    to.children = tree(node.children)
    return [to]
  })
}

for (const test of cases) {
  if (refused.has(path.dirname(test.main))) {
    process.stdout.write(JSON.stringify({ refused: refused.get(path.dirname(test.main)) }) + '\n')
    continue
  }
  thrown = null
  const trees = test.data.map(data => tree(evaluate('./' + test.main, JSON.stringify(data)).children))
  process.stdout.write(JSON.stringify(thrown ? { thrown: String(thrown) } : trees) + '\n')
}
