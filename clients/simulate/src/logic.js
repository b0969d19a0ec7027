'use strict'
// mina's logic layer in this process: its own scripts, component.js and prelude.js, which come over the link as text, with a
// `native` whose only door leads back over it. So a component's objects, methods and life cycles are those of the engine, and
// yet plain objects here: jest.fn(), spies, fake timers and closures are what they are.
const { Link } = require('./link')

const isDate = (value) => Object.prototype.toString.call(value) === '[object Date]'

/** JSON of data: a Date is an empty object, as snapshots have it. */
function writeData(value, replacer) {
  return JSON.stringify(value, function (key, item) {
    const given = isDate(this[key]) ? {} : item
    return replacer ? replacer.call(this, key, given) : given
  })
}

class Logic {
  /** `files`: {read(path), has(path)}, the package that mina sees. */
  constructor(files) {
    this.calls = {}
    this.scope = {}
    this.changed = () => {}
    this.link = new Link({
      boot: (component, prelude, canvas) => this.boot(component, prelude, canvas),
      readFile: (path) => files.read(path),
      hasFile: (path) => files.has(path),
      run: (path) => this.run(path),
      console: (level, text) => { console[level](text) },
    })
    this.link.handlers = new Proxy(this.link.handlers, { get: (own, name) => own[name] || this.calls[name] })
    if (!this.link.ask('start', [])) throw new Error(`mina cannot start: ${JSON.stringify(this.diagnostics())}`)
  }

  boot(componentText, preludeText, canvasText) {
    const native = {
      staged: true,
      invoke: (name, ...args) => this.invoke(name, args),
      pin: (calls) => {
        this.calls = calls
        return 1
      },
      scope: (names) => { this.scope = names },
      report: (error) => { console.error(error) },
      bytes: () => 0,
      buffer: () => new ArrayBuffer(0),
    }
    const evaluate = (text, json) => new Function('JSON', `return ${text.slice(text.indexOf('(function'))}`)(json)
    evaluate(componentText, { parse: JSON.parse, stringify: writeData })(native)
    evaluate(canvasText, JSON)(native)
    const make = native.components
    native.components = (kit) => {
      this.kit = kit
      this.components = make(kit)
      this.stage = this.components.stage
      return this.components
    }
    evaluate(preludeText, JSON)(native)
  }

  /** mina runs the scripts of the app and of its one page; those of components have run when it comes to them. */
  run(path) {
    if (path === 'stage.js' && !this.hasStage) {
      this.hasStage = true
      this.components.Page({})
    }
    return true
  }

  invoke(name, args) {
    if (name === 'trigger' && this.stage.making.has(args[0])) return [] // its owner's bindings come last, there
    const answer = this.link.ask(name, args)
    this.changed(name, args)
    return answer
  }

  /** Runs `script` as the file of the definition `path`: what it gives to Component(), Page() is that definition's. */
  define(path, script) {
    this.calls.define(path)
    try {
      return script()
    } finally {
      this.calls.define('')
    }
  }

  instance(id) {
    return this.components.instance(id)
  }

  definition(self) {
    return this.stage.state(self).definition
  }

  /** `call`: callLifetime or callPageLifetime; what the component has none of is passed over. */
  lifetime(call, self, list, name, args) {
    if (this.definition(self)[list][name]) this.stage[call](self, name, args)
  }

  /** `ready` of one that waits for its first frame. */
  ready(self) {
    const { fresh } = this.stage.state(this.stage.state(self).page)
    const at = fresh.indexOf(self)
    if (at >= 0) this.stage.callLifetime(fresh.splice(at, 1)[0], 'ready')
  }

  /** [is error, file, line, text] of what was found wrong since the last time. */
  diagnostics() {
    return this.link.ask('diagnostics', [])
  }
}

module.exports = { Logic }
