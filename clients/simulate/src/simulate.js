'use strict'
// The interface of miniprogram-simulate.
const path = require('path')
const { registerFiles, registerObject } = require('./package')
const { RootComponent } = require('./component')
const { installGlobals } = require('./globals')
const { all, logic, stage } = require('./world')
const { match, scroll } = require('./dom')
const { insertStyles } = require('./style')

let current // the entry whose script runs

/** Runs the script of a component. jest keeps what it has run: then nothing is registered, as there. */
function runScript(entry) {
  const outer = current
  current = entry
  try {
    require(entry.file)
    try {
      delete require.cache[require.resolve(entry.file)]
    } catch (error) {
      // a module system without a cache of that kind
    }
  } finally {
    current = outer
  }
}

function loadFiles(file, tagName, options) {
  all.loads += 1
  const load = { number: all.loads, options: { rootPath: path.dirname(file), ...options }, seen: new Map(), scripts: [] }
  all.roots.unshift(load.options.rootPath)
  const entry = registerFiles(all, file, tagName && typeof tagName === 'string' ? tagName : 'main', load)
  for (const used of load.scripts) runScript(used)
  entry.sheets = load.scripts
  return entry.id
}

function loadObject(definition) {
  const entry = registerObject(all, definition)
  const { id, tagName, template, usingComponents, path: ignored, ...options } = definition
  entry.prefix = (options.options && options.options.classPrefix) || ''
  entry.registered = true
  logic.define(entry.path, () => logic.components.Component(options))
  return entry.id
}

function load(componentPath, tagName, options) {
  if (componentPath && typeof componentPath === 'object') return loadObject(componentPath)
  if (typeof componentPath !== 'string') throw new Error('componentPath must be a string')
  return typeof tagName === 'object' && tagName ? loadFiles(componentPath, '', tagName) : loadFiles(componentPath, tagName, options)
}

function render(id, properties) {
  if (!id) throw new Error('you need to pass the componentId')
  const entry = all.entries.get(id)
  if (!entry || !entry.registered) return undefined
  if (entry.sheets) insertStyles(all, id, entry.sheets)
  return new RootComponent(stage, entry, properties)
}

function behavior(definition) {
  if (typeof definition !== 'object') throw new Error('definition must be a object')
  return logic.components.Behavior(definition)
}

/** Of a short sleep the time does not count that the test spends waiting for mina, so that what is due meanwhile comes first on a
 *  slow machine, too. */
function sleep(time = 0) {
  const isReal = time < 500 && !setTimeout.clock && !setTimeout._isMockFunction
  return new Promise((resolve) => {
    let { spent } = logic.link
    const end = () => {
      const late = logic.link.spent - spent
      spent = logic.link.spent
      if (isReal && late > 1) setTimeout(end, late)
      else resolve()
    }
    setTimeout(end, time)
  })
}

installGlobals(() => current)

module.exports = { behavior, load, render, match, sleep, scroll }
