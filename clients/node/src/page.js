// A page of the stack.
'use strict'
const { makeElement } = require('./element')

class Page {
  constructor(app, { pageId, path, query }) {
    Object.assign(this, { app, id: pageId, path, query })
  }

  send(method, params = {}) { return this.app.send(method, { pageId: this.id, ...params }) }

  async one(method, selector) {
    try {
      return makeElement(this, await this.send(method, { selector }))
    } catch (error) {
      if (error.message === 'no such element') return null
      throw error
    }
  }

  async all(method, selector) { return (await this.send(method, { selector })).elements.map((facts) => makeElement(this, facts)) }

  $(selector) { return this.one('Page.getElement', selector) }
  $$(selector) { return this.all('Page.getElements', selector) }
  xpath(path) { return this.one('Page.getElementByXpath', path) }
  xpaths(path) { return this.all('Page.getElementsByXpath', path) }

  /** As $, but nothing there is an error. */
  async get(selector) {
    const element = await this.$(selector)
    if (!element) throw new Error(`${this.path} has no ${selector}`)
    return element
  }

  async tap(selector) { await (await this.get(selector)).tap() }
  async text(selector) { return (await this.get(selector)).text() }
  async data(path) { return (await this.send('Page.getData', path ? { path } : {})).data }
  async setData(data) { await this.send('Page.setData', { data }) }
  async call(method, ...args) { return (await this.send('Page.callMethod', { method, args })).result }

  async window(...names) {
    const { properties } = await this.send('Page.getWindowProperties', { names })
    return names.length === 1 ? properties[0] : properties
  }

  scrollTop() { return this.window('document.documentElement.scrollTop') }
  async scrollTo(scrollTop) { await this.app.wx('pageScrollTo', { scrollTop, duration: 0 }) }

  /** Until the function gives something true, or the selector is there; the program's time passes meanwhile. */
  async waitFor(what, { timeout = 5000, step = 50 } = {}) {
    const look = typeof what === 'function' ? what : () => this.$(what)
    for (let passed = 0; ; passed += step) {
      const found = await look()
      if (found) return found
      if (passed >= timeout) throw new Error(`${typeof what === 'function' ? 'it' : what} has not come within ${timeout} ms`)
      await this.app.advance(step)
    }
  }
}

module.exports = { Page }
