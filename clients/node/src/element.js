// An element of a page; a custom component is one with data and methods.
'use strict'

class Element {
  constructor(page, { elementId, tagName, nodeId, videoId }) {
    Object.assign(this, { page, id: elementId, tagName, nodeId, videoId })
  }

  send(method, params = {}) {
    return this.page.send(`Element.${method}`, { elementId: this.id, nodeId: this.nodeId, videoId: this.videoId, ...params })
  }

  async $(selector) {
    try {
      return makeElement(this.page, await this.send('getElement', { selector }))
    } catch (error) {
      if (error.message === 'no such element') return null
      throw error
    }
  }

  async $$(selector) { return (await this.send('getElements', { selector })).elements.map((facts) => makeElement(this.page, facts)) }

  async named(method, key, names) {
    const list = (await this.send(method, { names }))[key]
    return names.length === 1 ? list[0] : list
  }

  text() { return this.named('getDOMProperties', 'properties', ['innerText']) }
  attribute(...names) { return this.named('getAttributes', 'attributes', names) }
  property(...names) { return this.named('getProperties', 'properties', names) }
  style(...names) { return this.named('getStyles', 'styles', names) }
  value() { return this.property('value') }
  offset() { return this.send('getOffset') }

  async size() {
    const [width, height] = await this.named('getDOMProperties', 'properties', ['offsetWidth', 'offsetHeight'])
    return { width, height }
  }

  async wxml({ outer = false } = {}) { return (await this.send('getWXML', { type: outer ? 'outer' : 'inner' })).wxml }

  // --- fingers ---

  async tap() { await this.send('tap') }

  async longpress(ms = 351) {
    await this.send('touchstart')
    await this.page.app.advance(ms)
    await this.send('touchend')
  }

  /** From its middle by so many px, in steps a frame apart. */
  async drag(dx, dy, { steps = 8 } = {}) {
    const { left, top } = await this.offset()
    const { width, height } = await this.size()
    const at = (part) => ({ touches: [{ identifier: 0, pageX: left + width / 2 + dx * part, pageY: top + height / 2 + dy * part }] })
    await this.send('touchstart', at(0))
    for (let i = 1; i <= steps; i += 1) {
      await this.page.app.advance(16)
      await this.send('touchmove', at(i / steps))
    }
    await this.send('touchend', at(1))
  }

  async touchstart(touches) { await this.send('touchstart', { touches }) }
  async touchmove(touches) { await this.send('touchmove', { touches }) }
  async touchend(touches) { await this.send('touchend', { touches }) }

  async trigger(type, detail) { await this.send('triggerEvent', { type, detail }) }
  async dispatch(eventName, detail) { await this.send('dispatchEvent', { eventName, detail }) }

  // --- what its kind can do ---

  async function(name, ...args) { return (await this.send('callFunction', { functionName: `${this.tagName}.${name}`, args })).result }
  async input(text) { await this.function('input', text) }
  async scrollTo(left, top) { await this.function('scrollTo', left, top) }
  async swipeTo(index) { await this.function('swipeTo', index) }
  async moveTo(x, y) { await this.function('moveTo', x, y) }
  async slideTo(value) { await this.function('slideTo', value) }
  async context(method, ...args) { return (await this.send('callContextMethod', { method, args })).result }
}

class Component extends Element {
  async data(path) { return (await this.send('getData', path ? { path } : {})).data }
  async setData(data) { await this.send('setData', { data }) }
  async call(method, ...args) { return (await this.send('callMethod', { method, args })).result }
}

function makeElement(page, facts) {
  return facts.nodeId ? new Component(page, facts) : new Element(page, facts)
}

module.exports = { Element, Component, makeElement }
