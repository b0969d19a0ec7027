// Calls that were made, with what they gave; and the same again.
'use strict'
const { isDeepStrictEqual } = require('node:util')

const silent = (method) => method === 'App.captureScreenshot'

class Recording {
  constructor(app) {
    this.app = app
    this.calls = []
    this.listen = ({ method, params, result, error }) => {
      this.calls.push(JSON.parse(JSON.stringify(silent(method) ? { method, params } : { method, params, result, error })))
    }
    app.connection.listeners.add(this.listen)
  }

  /** What can be kept as JSON, and given to app.replay(). */
  stop() {
    this.app.connection.listeners.delete(this.listen)
    return { calls: this.calls }
  }
}

/** Numbers of pages and elements may be others in another run: what one run calls so is looked up by the place of its answer. */
class Names {
  constructor() { this.known = new Map() }

  learn(old, now) {
    if (Array.isArray(old) && Array.isArray(now)) old.forEach((item, i) => this.learn(item, now[i]))
    else if (old && now && typeof old === 'object' && typeof now === 'object') {
      for (const key of Object.keys(old)) {
        if (['pageId', 'elementId', 'nodeId'].includes(key)) this.known.set(`${key}:${old[key]}`, now[key])
        else this.learn(old[key], now[key])
      }
    }
  }

  translate(value) {
    if (Array.isArray(value)) return value.map((item) => this.translate(item))
    if (!value || typeof value !== 'object') return value
    const made = {}
    for (const key of Object.keys(value)) {
      const name = `${key}:${value[key]}`
      made[key] = this.known.has(name) ? this.known.get(name) : this.translate(value[key])
    }
    return made
  }
}

/** Makes the calls again; gives where an answer differs: [{index, method, wanted, found}]. */
async function replay(app, { calls }) {
  const names = new Names()
  const differences = []
  for (const [index, call] of calls.entries()) {
    let found
    try {
      const result = await app.send(call.method, names.translate(call.params))
      names.learn(call.result, result)
      found = { result }
    } catch (error) {
      found = { error: error.message }
    }
    const wanted = call.error === undefined ? { result: names.translate(call.result) } : { error: call.error }
    if (!silent(call.method) && !isDeepStrictEqual(JSON.parse(JSON.stringify(found)), JSON.parse(JSON.stringify(wanted)))) {
      differences.push({ index, method: call.method, wanted, found })
    }
  }
  return differences
}

module.exports = { Recording, replay }
