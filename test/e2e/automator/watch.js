// Which methods of miniprogram-automator's classes a suite has used: the package's own prototypes say what there is.
'use strict'
const path = require('node:path')

const out = path.dirname(require.resolve('miniprogram-automator'))
const load = (name) => require(path.join(out, name))
const elements = load('Element.js')
const classes = [load('Automator.js').default, load('Launcher.js').default, load('MiniProgram.js').default, load('Native.js').default,
  load('Page.js').default, ...new Set(Object.values(elements))].filter((one) => typeof one === 'function')
const used = new Map() // "Class.method" to {fulfilled, rejected}

function watch(holder, owner, name) {
  const original = holder[name], counts = { fulfilled: 0, rejected: 0 }
  used.set(`${owner}.${name}`, counts)
  const count = (result) => {
    if (typeof result?.then === 'function') {
      result.then(() => { counts.fulfilled += 1 }, () => { counts.rejected += 1 })
    } else {
      counts.fulfilled += 1
    }
    return result
  }
  Object.defineProperty(holder, name, {
    configurable: true, writable: true, value(...args) { return count(Reflect.apply(original, this, args)) },
  })
}

for (const one of classes) {
  for (const [holder, names] of [[one.prototype, Object.getOwnPropertyNames(one.prototype)], [one, Object.getOwnPropertyNames(one)]]) {
    for (const name of names) {
      if (name !== 'constructor' && typeof Object.getOwnPropertyDescriptor(holder, name).value === 'function') watch(holder, one.name, name)
    }
  }
}

module.exports = { classes, used, elements }
