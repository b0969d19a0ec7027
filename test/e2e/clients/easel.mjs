// Runs small programs on Tencent's glass-easel, without a screen, and tells their traces: the peer of component_test.py.
//
//   node easel.mjs   stdin: [{name: text} of a program with the page "page", ...], one JSON line; stdout: [{trace, tree}, ...]
//   node easel.mjs --bench FOLDER   times the methods of a page; see bench/component.py
import { createRequire } from 'node:module'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

const require = createRequire(new URL('../../package.json', import.meta.url))
const { MiniProgramEnv, glassEasel, component: adapter } = require('glass-easel-miniprogram-adapter')
const { TmplGroup } = require('glass-easel-template-compiler')

let trace = []
glassEasel.addGlobalErrorListener((error) => {
  trace.push(`[error] ${error?.message ?? error}`)
  return false
})
glassEasel.addGlobalWarningListener((text) => {
  trace.push(`[warn] ${text}`)
  return false
})
// what the adapter lacks: setData's callback, behaviors of relations, built-in behaviors by name
const { setData } = adapter.ComponentCaller.prototype
let callLater = () => {}
adapter.ComponentCaller.prototype.setData = function (data, callback) {
  setData.call(this, data)
  if (callback) callLater(() => callback.call(this))
}
const relationOf = (relation) => (relation.target?._$ ? { ...relation, target: relation.target._$ } : relation)
const plain = (options) => ({
  ...options,
  ...(options.behaviors ? { behaviors: options.behaviors.filter((behavior) => typeof behavior !== 'string') } : {}),
  ...(options.relations ? { relations: Object.fromEntries(Object.entries(options.relations).map(([key, one]) => [key, relationOf(one)])) } : {}),
})

const say = (level) => (...words) => trace.push(`[${level}] ${words.map(String).join(' ')}`)
const spoken = { log: say('log'), info: say('info'), warn: say('warn'), error: say('error') }

/** The page of these files, made and attached; `timers` are what it asked for, in order. */
function open(files, timers, load) {
  const env = new MiniProgramEnv()
  const space = env.createCodeSpace('', true)
  const group = new TmplGroup()
  const paths = Object.keys(files).filter((name) => name.endsWith('.wxml')).map((name) => name.slice(0, -5))
  for (const path of paths) group.addTmpl(path, files[`${path}.wxml`])
  const templates = (0, eval)(group.getTmplGenObjectGroups())
  space.getComponentSpace().updateComponentOptions({ writeFieldsToNode: false, useMethodCallerListeners: true })
  for (const path of paths) {
    const json = JSON.parse(files[`${path}.json`] ?? '{}')
    const absolute = (name) => `/${name.replace(/^\.?\//, '')}`
    const using = Object.fromEntries(Object.entries(json.usingComponents ?? {}).map(([tag, to]) => [tag, absolute(to)]))
    const generics = Object.fromEntries(Object.entries(json.componentGenerics ?? {})
      .map(([tag, generic]) => [tag, generic.default ? { default: absolute(generic.default) } : generic]))
    space.addComponentStaticConfig(path, { ...json, usingComponents: using, componentGenerics: generics })
    space.addCompiledTemplate(path, { groupList: templates, content: templates[path], fallbackListenerOnNativeNode: true })
  }
  const modules = {}
  const globals = { console: spoken, setTimeout: (fn) => timers.push(fn), wx: {}, getApp: () => ({}), getCurrentPages: () => [] }
  const run = (path) => {
    const name = path.replace(/^\.\//, '')
    if (modules[name]) return modules[name].exports
    const module = modules[name] = { exports: {} }
    const given = { ...globals, ...load.current, module, exports: module.exports, require: run }
    new Function(...Object.keys(given), files[`${name}.js`] ?? '')(...Object.values(given))
    return module.exports
  }
  for (const path of [...paths.filter((name) => name !== 'page'), 'page']) {
    space.componentEnv(path, (definers) => {
      load.current = { ...definers, Component: (options) => definers.Component(plain(options)), Behavior: (options) => definers.Behavior(plain(options)) }
      run(path)
    })
  }
  const root = env.associateBackend(new glassEasel.EmptyBackendContext()).createRoot('page', space, 'page')
  glassEasel.Element.pretendAttached(root.getComponent())
  return root
}

/** The composed tree, without its virtual nodes: tag, id, and texts joined. */
function dump(node, lines, depth) {
  if (glassEasel.TextNode.isTextNode(node)) {
    lines.push({ depth, text: node.textContent })
    return
  }
  let inner = depth
  if (!glassEasel.VirtualNode.isVirtualNode(node) && !node.isVirtual?.()) {
    const tag = glassEasel.Component.isComponent(node) ? node.tagName ?? node.is : node.is
    lines.push({ depth, tag, id: node.id })
    inner += 1
  }
  node.forEachComposedChild((child) => {
    dump(child, lines, inner)
  })
}

const shown = (lines) => {
  const out = []
  let text = null
  for (const line of lines) {
    if (line.text === undefined) {
      text = null
      out.push(`${'  '.repeat(line.depth)}${line.tag}${line.id ? `#${line.id}` : ''}`)
    } else if (line.text.trim()) {
      if (text === line.depth) out[out.length - 1] += line.text.trim()
      else out.push(`${'  '.repeat(line.depth)}"${line.text.trim()}`)
      text = line.depth
    }
  }
  return out
}

function play(files) {
  trace = []
  const timers = [], tree = []
  callLater = (fn) => timers.push(() => { try { fn() } catch (error) { trace.push(`[error] ${error.message}`) } })
  try {
    const root = open(files, timers, {})
    const page = root.get()
    page.onLoad?.({})
    page.onReady?.()
    while (timers.length) timers.shift()()
    dump(root.getComponent(), tree, 0)
  } catch (error) {
    trace.push(`thrown: ${error?.stack ?? error}`)
  }
  return { trace, tree: shown(tree) }
}

function folder(root, at = '') {
  return Object.fromEntries(readdirSync(join(root, at), { withFileTypes: true }).flatMap((entry) => {
    const name = join(at, entry.name)
    return entry.isDirectory() ? Object.entries(folder(root, name)) : [[name, readFileSync(join(root, name), 'utf8')]]
  }))
}

function bench(root) {
  const page = open(folder(root), [], {}).get()
  const median = (values) => values.sort((a, b) => a - b)[values.length >> 1]
  const figures = {}
  for (const { name, before, method, count } of page.plan) {
    const times = []
    for (let i = 0; i < count; i += 1) {
      if (before) page[before](i)
      const start = performance.now()
      page[method](i)
      times.push(performance.now() - start)
    }
    figures[name] = median(times)
  }
  console.log(JSON.stringify(figures))
}

if (process.argv[2] === '--bench') bench(process.argv[3])
else console.log(JSON.stringify(JSON.parse(readFileSync(0, 'utf8')).map(play)))
