// What the network answers: rules, the latest first.
'use strict'

class Network {
  constructor(app) {
    this.app = app
    this.rules = []
  }

  async add(rule) {
    this.rules.unshift(rule)
    await this.app.send('Mina.setNetwork', { rules: this.rules })
  }

  /** url: "https://a.b/*"; data: what the program gets; {statusCode, header, method, delay, times}. */
  answer(url, data, { statusCode = 200, header = {}, ...more } = {}) {
    return this.add({ url, ...more, reply: { statusCode, header, data } })
  }

  /** text: what stands behind "request:fail ", "timeout" among others. */
  fail(url, text = 'timeout', more = {}) { return this.add({ url, fail: text, ...more }) }

  /** No rule of this client any more. */
  async reset() {
    this.rules = []
    await this.app.send('Mina.setNetwork', { rules: [] })
  }

  /** "none", "wifi", "4g" ... */
  async type(type) { await this.app.send('Mina.setNetwork', { type }) }
  offline() { return this.type('none') }
  online() { return this.type('wifi') }
}

module.exports = { Network }
