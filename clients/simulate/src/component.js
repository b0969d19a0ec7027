'use strict'
// Component and RootComponent: what a test holds of a node on the stage.
const { Mirror, builtIn } = require('./dom')
const { SelectorQuery, IntersectionObserver } = require('./query')

const jsonType = typeof Symbol === 'function' && Symbol.for ? Symbol.for('j-component.json') : 0xd846fe
/** As the official compiler has it: a dash raises the next letter. */
const camel = (name) => name.replace(/-+([^a-zA-Z-]*)-*([a-zA-Z]?)/g, (all, rest, letter) => rest + letter.toUpperCase())
const asWritten = /^(data-|mark:|worklet:|[^a-z])/i

/** "capture-mut-bind:tap" as {name: "tap", ...}; undefined: it is no binding. */
function parseBinding(name, handler) {
  const found = /^(capture-)?(mut-)?(bind|catch):?(.+)$/i.exec(name)
  if (!found) return undefined
  return { name: found[4], isMutated: !!found[2], isCapture: !!found[1], isCatch: found[3].toLowerCase() === 'catch', handler }
}

const viewFunctions = new WeakSet()

/** Stands for a function of a view script. */
function ofView() {
  const made = () => {}
  viewFunctions.add(made)
  return made
}

/** What stage.c has marked because JSON cannot carry it. */
function unmark(value) {
  if (typeof value !== 'object' || value === null) return value
  if ('$undefined' in value) return undefined
  if ('$number' in value) return Number(value.$number)
  if ('$function' in value) return value.$function < 0x80000000 ? ofView() : () => {}
  if (Array.isArray(value)) return value.map(unmark)
  const copy = {}
  for (const key of Object.keys(value)) copy[key] = unmark(value[key])
  return copy
}

/** All that is on stage, one page a root component. */
class Stage {
  constructor(logic, all) {
    this.logic = logic
    this.all = all
    this.mirrors = new Map() // page -> Mirror
    this.listeners = 0
    this.framing = false
    this.last = Date.now()
    const { wx } = logic.kit
    wx.createSelectorQuery = () => new SelectorQuery(this)
    wx.createIntersectionObserver = (component, options) => new IntersectionObserver(this, component, options)
    logic.changed = (name, args) => this.changed(name, args)
  }

  /** What all components have here beside what the engine gives them: `$$`, their element. */
  extend() {
    const page = this.logic.instance(Array.from(this.mirrors.keys())[0])
    const proto = Object.getPrototypeOf(Object.getPrototypeOf(this.logic.definition(page).proto))
    if (Object.prototype.hasOwnProperty.call(proto, '$$')) return
    const stage = this
    Object.defineProperty(proto, '$$', {
      get() {
        const { mirror, node } = stage.find(this)
        return mirror.element(node)
      },
      configurable: true,
    })
    Object.defineProperty(proto, 'selectOwnerComponent', { // the blank page is nobody's owner
      value() {
        const { owner } = stage.logic.stage.state(this)
        return owner && stage.entryOf(owner) ? owner : null
      },
      configurable: true, writable: true,
    })
  }

  pageOf(self) {
    const found = self && this.logic.components.reference(self)
    return found && found.$instance
  }

  /** A component that a method was called on, as a node. */
  find(self) {
    const { $instance, $node } = this.logic.components.reference(self)
    return { mirror: this.mirrors.get($instance), node: $node }
  }

  changed(name, args) {
    if (name === 'setData') {
      this.touch(this.pageOf(this.logic.instance(args[0])))
      this.wantFrame()
    }
  }

  touch(page) {
    const mirror = this.mirrors.get(page)
    if (!mirror) return
    mirror.dirty = true
    if (this.logic.link.depth === 0) mirror.sync()
  }

  /** setData's callbacks, and `ready` of what came with it: with the next frame, which is the next microtask here. */
  wantFrame() {
    if (this.framing) return
    this.framing = true
    Promise.resolve().then(() => {
      this.framing = false
      this.logic.link.ask('stageFrame', [])
    })
  }

  /** The engine's clock follows the test's. */
  pass() {
    const now = Date.now()
    const ms = Math.max(1, now - this.last)
    this.last = now
    this.logic.link.ask('advance', [ms])
  }

  entryOf(self) {
    return this.all.byPath.get(this.logic.definition(self).path)
  }

  /** Of the component whose template has the node; undefined: it is the root, on the blank page. */
  ownerOf(node) {
    const owner = this.logic.instance(node.owner)
    return owner && this.entryOf(owner)
  }

  rootTag(node) {
    const entry = this.entryOf(this.logic.instance(node.instance))
    return entry.tagName || entry.id
  }

  /** The root's tag may be the name of another component: then its tag, as there. */
  rootTagJSON(node) {
    const tag = this.entryOf(this.logic.instance(node.instance)).tagName || 'main'
    const known = this.all.entries.get(tag)
    return known ? known.tagName || tag : builtIn.builtInTags.has(tag) ? `wx-${tag}` : tag
  }

  tagOf(node) {
    const self = node.instance && this.logic.instance(node.instance)
    if (self) return this.entryOf(self).tagName || node.tag
    return builtIn.builtInTags.has(node.tag) ? `wx-${node.tag}` : node.tag
  }

  /** A class as the document has it: with its component's prefix, or what stands for it when it is an external one. */
  className(mirror, name, owner) {
    const state = this.logic.instance(owner) && this.logic.stage.state(this.logic.instance(owner))
    const entry = state && this.all.byPath.get(state.definition.path)
    if (!entry) return name
    if (!state.definition.externalClasses.has(name)) return entry.prefix ? `${entry.prefix}--${name}` : name
    const host = mirror.hosts.get(owner)
    const given = host && (host === mirror.roots[0] ? mirror.given : host.written)
    const value = given && Object.keys(given).filter((key) => key === name || camel(key) === camel(name)).map((key) => given[key])[0]
    return String(value || '').split(/\s+/).filter(Boolean).map((one) => this.className(mirror, one, host.owner)).join(' ')
  }

  classesOf(mirror, node) {
    return node.classes.map((name) => this.className(mirror, name, node.owner)).join(' ')
  }

  /** The names of a node's attributes in the order in which they were set: of files that of the compiler. */
  namesOf(mirror, node) {
    const owner = this.ownerOf(node)
    const first = String(node.written.$class || '').split(/\s+/).filter(Boolean)
    const isLate = '$class' in node.written && first.every((name) => !this.className(mirror, name, node.owner)) // it came after all others
    const names = Object.keys(node.written).filter((name) => name !== '$class' && !(isLate && name === 'class'))
    if (owner && owner.strict) names.sort()
    return isLate ? names.concat('class') : names
  }

  toJSON(mirror, node) {
    const children = node.children.flatMap((child) => this.listJSON(mirror, child))
    const isRoot = mirror.roots[0] === node
    const json = { tagName: isRoot ? this.rootTagJSON(node) : this.tagOf(node),
      ...this.attributesJSON(mirror, node, isRoot), children }
    Object.defineProperty(json, '$$typeof', { get: () => jsonType })
    return json
  }

  listJSON(mirror, node) {
    if (node.text !== undefined) return [node.text]
    return node.hollow ? node.children.flatMap((child) => this.listJSON(mirror, child)) : [this.toJSON(mirror, node)]
  }

  attributesJSON(mirror, node, isRoot) {
    const event = {}
    const attrs = []
    const self = node.instance ? this.logic.instance(node.instance) : undefined
    const properties = self ? this.logic.definition(self).properties : new Map()
    const owner = this.ownerOf(node)
    const strict = !owner || owner.strict
    const written = isRoot ? mirror.given : node.written
    for (const name of isRoot ? Object.keys(written) : this.namesOf(mirror, node)) {
      const given = isRoot ? written[name] : unmark(written[name])
      const lost = given === undefined || (typeof given === 'function' && !viewFunctions.has(given) && parseBinding(name, given))
      const value = strict && lost && !isRoot ? '' : given
      if (strict && viewFunctions.has(value)) {
        if (!attrs.some((attr) => attr.name === '$gdc')) attrs.push({ name: '$gdc', value })
        attrs.push({ name: `$wxs:${name}`, value }) // as wcc has functions of WXS
        continue
      }
      const binding = isRoot ? undefined : parseBinding(name, value)
      if (binding) event[binding.name] = binding
      else if (!properties.has(camel(name)) && !(strict && name.startsWith('generic:'))) {
        attrs.push({ name: strict && !isRoot && !asWritten.test(name) ? camel(name) : name, value })
      }
    }
    return { event, attrs }
  }

  /** [number, instance] of what matches in the component's own template. */
  select(self, selector, all) {
    const { $instance } = this.logic.components.reference(self)
    const id = this.idOf(self)
    const known = String(selector).split(/[\s,>+~]+/).every((part) => !/^[a-zA-Z*]/.test(part)) // tags are no selectors there
    const found = id && known ? this.logic.link.ask('stageFind', [id, String(selector), all]) : []
    const list = []
    for (let i = 0; i < found.length; i += 2) list.push({ mirror: this.mirrors.get($instance), node: found[i], instance: found[i + 1] })
    return list
  }

  idOf(self) {
    return this.logic.stage.state(self).id
  }

  dispatch(mirror, number, name, detail, touches, changedTouches) {
    const plain = (list) => (list ? Array.from(list, ({ identifier, clientX, clientY, pageX, pageY }) => ({ identifier, clientX, clientY, pageX, pageY })) : null)
    const { calls } = this.logic
    const list = this.logic.invoke('stageDispatch', [mirror.page, number, name, safe(detail), plain(touches), plain(changedTouches)])
    for (let i = 0; i < list.length; i += 3) {
      const event = list[i + 2]
      if (Array.isArray(event)) calls.handleEvent(list[i], list[i + 1], event[0]) // callMethod of a view script
      else calls.handleEvent(list[i], list[i + 1], Object.assign(event, { detail, touches: touches || {}, changedTouches: changedTouches || {} }))
    }
    this.touch(mirror.page)
  }

  listen(mirror, number, name, capture, handlers) {
    const owner = this.logic.instance(mirror.node(number).owner)
    this.listeners += 1
    const method = `$listener${this.listeners}`
    Object.defineProperty(owner, method, { value: (event) => { for (const handler of [...handlers]) handler(event) }, enumerable: false })
    this.logic.invoke('stageListen', [mirror.page, number, name, capture, method])
  }
}

function safe(value) {
  try {
    return JSON.parse(JSON.stringify(value === undefined ? {} : value))
  } catch (error) {
    return {}
  }
}

const touchNames = ['touchstart', 'touchmove', 'touchend', 'touchcancel']
let fingers = 0

class Component {
  constructor(stage, mirror, number, instance) {
    const hidden = (name, value) => Object.defineProperty(this, name, { value, enumerable: false, configurable: true, writable: true })
    hidden('_stage', stage)
    hidden('_mirror', mirror)
    hidden('_number', number)
    hidden('_instance', instance)
  }

  get dom() {
    return this._mirror.element(this._number)
  }

  get data() {
    return this.instance.data
  }

  get instance() {
    if (this._instance) return this._stage.logic.instance(this._instance)
    const node = this._mirror.node(this._number)
    const dataset = {}
    for (const name of Object.keys(node ? node.written : {})) if (name.startsWith('data-')) dataset[camel(name.slice(5).toLowerCase())] = unmark(node.written[name])
    return { id: node ? node.ident : '', dataset, data: {}, properties: {}, setData() {} }
  }

  dispatchEvent(name, options = {}) {
    Promise.resolve().then(() => {
      if (touchNames.includes(name)) this._dispatchTouch(name, options)
      else this._dispatchCustom(name, options)
    }).catch(console.error)
  }

  _dispatchTouch(name, options) {
    const { dom } = this
    const make = (touch) => {
      fingers += 1
      return new window.Touch({ identifier: fingers, target: dom, clientX: touch.x, clientY: touch.y, pageX: touch.x, pageY: touch.y })
    }
    const pressed = name === 'touchstart' || name === 'touchmove'
    dom.dispatchEvent(new window.TouchEvent(name, {
      cancelable: true, bubbles: true, targetTouches: [],
      touches: (options.touches || (pressed ? [{ x: 0, y: 0 }] : [])).map(make),
      changedTouches: (options.changedTouches || [{ x: 0, y: 0 }]).map(make),
    }))
  }

  _dispatchCustom(name, options) {
    const { dom } = this
    if (dom) dom.dispatchEvent(new window.CustomEvent(name, options))
    this._stage.dispatch(this._mirror, this._number, name, options.detail || {}, options.touches, options.changedTouches)
  }

  addEventListener(name, handler, capture = false) {
    const isCapture = typeof capture === 'object' ? !!capture.capture : !!capture
    const lists = this._mirror.heard
    const key = `${this._number} ${isCapture} ${name}`
    const known = lists.get(key)
    if (known) {
      known.push(handler)
      return
    }
    lists.set(key, [handler])
    this._stage.listen(this._mirror, this._number, name, isCapture, lists.get(key))
  }

  removeEventListener(name, handler, capture = false) {
    const isCapture = typeof capture === 'object' ? !!capture.capture : !!capture
    const list = this._mirror.heard.get(`${this._number} ${isCapture} ${name}`) || []
    const at = list.indexOf(handler)
    if (at >= 0) list.splice(at, 1)
  }

  querySelector(selector) {
    const [found] = this._select(selector, false)
    return found
  }

  querySelectorAll(selector) {
    return this._select(selector, true)
  }

  _select(selector, all) {
    if (!this._instance) return []
    const self = this._stage.logic.instance(this._instance)
    if (!self) return []
    return this._stage.select(self, selector, all).map(({ mirror, node, instance }) => new Component(this._stage, mirror, node, instance))
  }

  setData(data, callback) {
    const { instance } = this
    if (instance && typeof instance.setData === 'function') instance.setData(data)
    if (typeof callback === 'function') Promise.resolve().then(callback).catch(console.error)
  }

  triggerLifeTime(name, ...args) {
    if (this._instance) this._stage.logic.lifetime('callLifetime', this.instance, 'lifetimes', name, args)
  }

  triggerPageLifeTime(name, ...args) {
    if (this._instance) this._stage.logic.lifetime('callPageLifetime', this.instance, 'pageLifetimes', name, args)
  }

  toJSON() {
    const node = this._mirror.node(this._number)
    return node && this._stage.listJSON(this._mirror, node)[0]
  }
}

const moveLimit = 10
const longPress = 350
const afterScroll = 150

class RootComponent extends Component {
  constructor(stage, entry, properties = {}) {
    const { logic } = stage
    const made = logic.link.ask('stageRender', [entry.path, entry.tagName || 'main', logic.stage.marked(properties)])
    if (!made.page) throw new Error(`the component cannot be rendered: ${JSON.stringify(logic.diagnostics())}`)
    const mirror = new Mirror(stage, made.page)
    mirror.given = properties
    mirror.heard = new Map()
    stage.mirrors.set(made.page, mirror)
    super(stage, mirror, made.node, made.instance)
    stage.extend()
    logic.stage.carry(made.steps)
    mirror.dirty = true
    this.parentNode = null
  }

  get dom() {
    const dom = this._mirror.element(this._number)
    if (!this._bound) {
      Object.defineProperty(this, '_bound', { value: true, enumerable: false })
      this._listen(dom)
    }
    return dom
  }

  /** Touches on the elements become the engine's events, and taps and long presses with them. */
  _listen(dom) {
    const options = { capture: true, passive: false }
    const tell = (event, name, detail = {}) => Promise.resolve().then(() => {
      const number = this._mirror.numberOf(event.target)
      if (number) this._stage.dispatch(this._mirror, number, name, detail, event.touches, event.changedTouches)
    }).catch(console.error)
    let timer, start, quiet = true, scrolled = 0
    const stopTimer = () => { timer = clearTimeout(timer) }
    dom.addEventListener('touchstart', (event) => {
      tell(event, 'touchstart')
      if (start || event.defaultPrevented || event.touches.length !== 1) return
      stopTimer()
      start = event
      quiet = Date.now() - scrolled >= afterScroll
      if (!quiet) {
        scrolled = 0
        return
      }
      timer = setTimeout(() => {
        quiet = false
        tell(event, 'longpress', { x: event.touches[0].pageX, y: event.touches[0].pageY })
      }, longPress)
    }, options)
    dom.addEventListener('touchmove', (event) => {
      tell(event, 'touchmove')
      if (!start || event.touches.length !== 1) return
      const [finger, first] = [event.touches[0], start.touches[0]]
      if (Math.abs(finger.pageX - first.pageX) < moveLimit && Math.abs(finger.pageY - first.pageY) < moveLimit) return
      stopTimer()
      quiet = false
    }, options)
    dom.addEventListener('touchend', (event) => {
      tell(event, 'touchend')
      if (start && event.touches.length === 0) {
        stopTimer()
        if (quiet) tell(start, 'tap', { x: event.changedTouches[0].pageX, y: event.changedTouches[0].pageY })
      }
      start = undefined
    }, options)
    dom.addEventListener('touchcancel', (event) => {
      tell(event, 'touchcancel')
      stopTimer()
      start = undefined
    }, options)
    dom.addEventListener('scroll', (event) => {
      for (const observer of Array.from(this._mirror.observers || [])) observer.update()
      scrolled = Date.now()
      tell(event, 'scroll')
    }, options)
    dom.addEventListener('blur', stopTimer, options)
  }

  attach(parent) {
    parent.appendChild(this.dom)
    this.parentNode = parent
    const { logic } = this._stage
    const [attached, ready] = logic.link.ask('stageAttach', [this._instance, true])
    logic.stage.each(attached, logic.stage.attach)
    this._stage.touch(this._mirror.page)
    logic.stage.each(ready, (self) => logic.ready(self))
    this._stage.touch(this._mirror.page)
  }

  detach() {
    if (!this.parentNode) return
    this.parentNode.removeChild(this.dom)
    this.parentNode = null
    const [detached] = this._stage.logic.link.ask('stageAttach', [this._instance, false])
    const { stage } = this._stage.logic
    stage.each(detached, stage.detach)
  }
}

module.exports = { Stage, Component, RootComponent }
