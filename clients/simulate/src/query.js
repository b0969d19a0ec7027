'use strict'
// createSelectorQuery and createIntersectionObserver over the elements of the test's document, so that what a test puts in
// place of getBoundingClientRect() counts.

const camel = (name) => name.replace(/-([a-z])/g, (all, letter) => letter.toUpperCase())
const elementOf = ({ mirror, node }) => mirror.element(node)

function facts(found) {
  const { mirror, node } = found
  const { ident, written } = mirror.node(node)
  const dataset = {}
  for (const name of Object.keys(written)) if (name.startsWith('data-')) dataset[camel(name.slice(5).toLowerCase())] = written[name]
  return { id: ident, dataset }
}

function fieldsOf(stage, found, fields) {
  const element = elementOf(found)
  const result = {}
  const { id, dataset } = facts(found)
  if (fields.id) result.id = id
  if (fields.dataset) result.dataset = dataset
  if (fields.rect || fields.size) {
    const rect = element.getBoundingClientRect()
    if (fields.rect) for (const side of ['left', 'right', 'top', 'bottom']) result[side] = rect[side]
    if (fields.size) for (const side of ['width', 'height']) result[side] = rect[side]
  }
  const self = found.instance && stage.logic.instance(found.instance)
  for (const name of fields.properties || []) {
    const key = camel(name)
    if (self && stage.logic.definition(self).properties.has(key)) result[key] = self.data[key]
  }
  if (fields.scrollOffset) {
    result.scrollLeft = element.scrollLeft || 0
    result.scrollTop = element.scrollTop || 0
  }
  if (fields.computedStyle && fields.computedStyle.length) {
    const style = window.getComputedStyle(element)
    for (const name of fields.computedStyle) if (name && style[name] !== undefined) result[name] = style[name]
  }
  if (fields.context) result.context = {}
  return result
}

function viewportOf(fields) {
  const { documentElement: root, body } = document
  const result = {}
  if (fields.id) result.id = ''
  if (fields.dataset) result.dataset = {}
  if (fields.rect) Object.assign(result, { left: 0, right: 0, top: 0, bottom: 0 })
  if (fields.size) Object.assign(result, { width: root.clientWidth, height: root.clientHeight })
  if (fields.scrollOffset) {
    result.scrollLeft = root.scrollLeft || body.scrollLeft || 0
    result.scrollTop = root.scrollTop || body.scrollTop || 0
  }
  return result
}

class NodesRef {
  constructor(query, look) {
    this.query = query
    this.look = look
  }

  fields(fields, callback) { return this.query.push(this.look, fields, callback) }
  boundingClientRect(callback) { return this.fields({ id: true, dataset: true, rect: true, size: true }, callback) }
  scrollOffset(callback) { return this.fields({ id: true, dataset: true, scrollOffset: true }, callback) }
  context(callback) { return this.fields({ context: true }, callback) }
  node(callback) { return this.fields({ node: true }, callback) }
}

class SelectorQuery {
  constructor(stage) {
    this.stage = stage
    this.component = null
    this.asked = []
  }

  in(component) {
    if (!component || typeof component !== 'object') throw new Error('invalid params')
    this.component = component
    return this
  }

  push(look, fields, callback) {
    this.asked.push({ look, fields: fields || {}, callback })
    return this
  }

  found(selector, all) {
    return this.component && this.stage.pageOf(this.component) ? this.stage.select(this.component, selector, all) : []
  }

  select(selector) {
    return new NodesRef(this, (fields) => {
      const [one] = this.found(selector, false)
      return one ? fieldsOf(this.stage, one, fields) : null
    })
  }

  selectAll(selector) {
    return new NodesRef(this, (fields) => this.found(selector, true).map((one) => fieldsOf(this.stage, one, fields)))
  }

  selectViewport() {
    return new NodesRef(this, viewportOf)
  }

  exec(callback) {
    Promise.resolve().then(() => {
      const results = []
      for (const { look, fields, callback: heard } of this.asked) {
        const result = look(fields)
        results.push(result)
        if (typeof heard === 'function') heard.call(this, result)
      }
      this.asked = []
      if (typeof callback === 'function') callback.call(this, results)
    }).catch(console.error)
    return this
  }
}

const sides = ['left', 'top', 'right', 'bottom']

function meet(a, b) {
  const rect = { left: Math.max(a.left, b.left), top: Math.max(a.top, b.top), right: Math.min(a.right, b.right), bottom: Math.min(a.bottom, b.bottom) }
  const none = rect.right <= rect.left || rect.bottom <= rect.top
  if (none) return { left: 0, top: 0, right: 0, bottom: 0, width: 0, height: 0 }
  return { ...rect, width: rect.right - rect.left, height: rect.bottom - rect.top }
}

class IntersectionObserver {
  constructor(stage, component, options = {}) {
    this.stage = stage
    this.component = component
    this.options = options
    this.relatives = []
    this.watched = []
    this.connected = true
  }

  relativeTo(selector, margins = {}) {
    this.relatives.push({ selector, margins })
    return this
  }

  relativeToViewport(margins = {}) {
    return this.relativeTo(null, margins)
  }

  observe(selector, callback) {
    const { mirror } = this.stage.find(this.component)
    for (const target of this.stage.select(this.component, selector, !!this.options.observeAll)) {
      this.watched.push({ target, callback, ratio: this.options.initialRatio || 0 })
    }
    mirror.observers = mirror.observers || new Set()
    mirror.observers.add(this)
    window.requestAnimationFrame(() => this.update())
  }

  disconnect() {
    this.connected = false
    this.watched = []
  }

  around() {
    const { clientWidth, clientHeight } = document.documentElement
    let result
    for (const { selector, margins } of this.relatives) {
      const [found] = selector === null ? [] : this.stage.select(this.component, selector, false)
      if (selector !== null && !found) continue
      const box = found ? elementOf(found).getBoundingClientRect() : { left: 0, top: 0, right: clientWidth, bottom: clientHeight }
      const rect = {}
      for (const side of sides) rect[side] = box[side] + (side === 'left' || side === 'top' ? -1 : 1) * (margins[side] || 0)
      result = result ? meet(result, rect) : rect
    }
    return result || { left: 0, top: 0, right: clientWidth, bottom: clientHeight }
  }

  update() {
    if (!this.connected) return
    const relativeRect = this.around()
    for (const watch of this.watched) {
      const boundingClientRect = elementOf(watch.target).getBoundingClientRect()
      const intersectionRect = meet(relativeRect, boundingClientRect)
      const area = boundingClientRect.width * boundingClientRect.height
      const ratio = area ? (intersectionRect.width * intersectionRect.height) / area : 0
      const before = watch.ratio
      watch.ratio = ratio
      const crossed = (limit) => (ratio <= limit && before >= limit) || (ratio >= limit && before <= limit)
      if (ratio !== before && (this.options.thresholds || [0]).some(crossed)) {
        watch.callback({ ...facts(watch.target), time: Date.now(), boundingClientRect, intersectionRatio: ratio, intersectionRect, relativeRect })
      }
    }
  }
}

module.exports = { SelectorQuery, IntersectionObserver }
