'use strict'
// What a component's script finds as globals: Component, Behavior and wx, and what else a logic layer has unless the test has
// put its own there.

const { all, logic, wx } = require('./world')

const absolute = (name) => /^(\/|\\|[a-zA-Z]:[/\\])/.test(name)

/** Relations name files as mina does, or ids of definitions. */
function mapRelations(relations, entry) {
  const mapped = {}
  for (const key of Object.keys(relations)) {
    const known = all.entries.get(key)
    const mount = entry.path.slice(0, entry.path.indexOf('/'))
    mapped[known ? `/${known.path}` : absolute(key) ? `/${mount}${key}` : key] = relations[key]
  }
  return mapped
}

/** `current()`: the entry whose script runs. */
function installGlobals(current) {
  const { Component, Behavior } = logic.components
  global.Component = (options) => {
    const entry = current()
    const given = { ...options }
    if (given.relations) given.relations = mapRelations(given.relations, entry)
    entry.prefix = (given.options && given.options.classPrefix) || entry.tagName
    entry.registered = true
    given.options = { ...given.options, $blank: true }
    logic.define(entry.path, () => Component(given))
  }
  global.Behavior = (definition) => Behavior(definition)
  global.wx = typeof global.wx === 'object' && global.wx ? Object.assign(wx, global.wx) : wx
  if (typeof window === 'object' && typeof window.Touch !== 'function') {
    global.Touch = window.Touch = class Touch {
      constructor(options = {}) {
        Object.assign(this, { clientX: 0, clientY: 0, identifier: 0, pageX: 0, pageY: 0, screenX: 0, screenY: 0, target: null }, options)
      }
    }
  }
}

module.exports = { installGlobals }
