// The logic layer's own script: App, Page, getApp, getCurrentPages and wx, over one native function.
// It is evaluated once, before any of the mini program's files; the functions that C calls are
// pinned as one object. native.invoke() is the only door out (border/js/engine.h). Nothing of this
// file can be reached from a mini program but the names that native.scope() gets.
(function (native) {
'use strict'

const { keys, assign, create, defineProperty, getOwnPropertyNames, freeze } = Object
const { isArray } = Array
const { stringify } = JSON
const has = (object, key) => Object.prototype.hasOwnProperty.call(object, key)
const send = native.invoke

// --- callbacks: C holds numbers -----------------------------------------------------------------

let lastId = 0
const functions = new Map()
const pin = (fn) => {
  lastId += 1
  functions.set(lastId, fn)
  return lastId
}

/** What JSON cannot carry goes as a number that C understands. */
function encode(value) {
  if (typeof value === 'function') return { $fn: pin(value) }
  if (value instanceof ArrayBuffer) return { $bytes: native.bytes(value) }
  if (ArrayBuffer.isView(value)) return { $bytes: native.bytes(value.buffer.slice(value.byteOffset, value.byteOffset + value.byteLength)) }
  if (typeof value === 'object' && value !== null) return components.reference(value) ?? value
  return value
}

function decode(value) {
  if (typeof value !== 'object' || value === null) return value
  if (has(value, '$bytes')) return native.buffer(value.$bytes)
  if (has(value, '$canvas')) return canvases.canvasOf(value.$canvas)
  if (has(value, '$object')) return makeObject(value.class, value.$object)
  if (isArray(value)) return value.map(decode)
  for (const key of keys(value)) {
    const item = value[key]
    if (typeof item === 'object' && item !== null) value[key] = decode(item)
  }
  return value
}

/** Runs the program's own code: what it throws goes to App.onError and the diagnostics, not to us. */
function guard(fn, self, args) {
  try {
    return fn.apply(self, args)
  } catch (error) {
    native.report(error)
    return undefined
  }
}

// --- data: paths and copies ---------------------------------------------------------------------

/** `a.b[0].c` as ['a', 'b', 0, 'c']; a malformed path throws WeChat's sentence. */
function parsePath(text) {
  const steps = []
  let name = ''
  let named = false // something stands since the last separator
  for (let i = 0; i < text.length; i += 1) {
    const c = text[i]
    if (c === '\\') {
      i += 1
      name += text[i] ?? ''
      named = true
    } else if (c === '.') {
      if (named) steps.push(name)
      name = ''
      named = false
    } else if (c === '[') {
      if (named) steps.push(name)
      if (steps.length === 0) throw new Error(`The path string should not start with []: ${text}`)
      name = ''
      named = false
      const end = text.indexOf(']', i)
      const digits = text.slice(i + 1, end)
      if (end < 0 || !/^\d+$/.test(digits)) throw new Error(`Only digits (0-9) can be put inside [] in the path string: ${text}`)
      steps.push(Number(digits))
      i = end
    } else {
      name += c
      named = true
    }
  }
  if (named) steps.push(name)
  if (steps.length === 0) throw new Error(`The path string should not be empty: ${text}`)
  return steps
}

function assignPath(data, steps, value) {
  let at = data
  for (let i = 0; i < steps.length - 1; i += 1) {
    const wantsArray = typeof steps[i + 1] === 'number'
    const next = at[steps[i]]
    const fits = wantsArray ? isArray(next) : typeof next === 'object' && next !== null
    if (!fits) at[steps[i]] = wantsArray ? [] : {}
    at = at[steps[i]]
  }
  at[steps[steps.length - 1]] = value
}

/** Plain data is copied, functions and foreign objects keep their identity; cycles are kept. */
function deepCopy(value, seen = new Map()) {
  if (typeof value !== 'object' || value === null) return value
  if (seen.has(value)) return seen.get(value)
  if (isArray(value)) {
    const copy = []
    seen.set(value, copy)
    for (let i = 0; i < value.length; i += 1) copy[i] = deepCopy(value[i], seen)
    return copy
  }
  const proto = Object.getPrototypeOf(value)
  if (proto !== Object.prototype && proto !== null) return value
  const copy = {}
  seen.set(value, copy)
  for (const key of keys(value)) copy[key] = deepCopy(value[key], seen)
  return copy
}

// --- App and pages ------------------------------------------------------------------------------

let app
let launchOptions = {}

const sourceOf = Function.prototype.toString

/** A method keeps its page or app when it is passed on alone: setInterval(this.draw, 17). What has properties of its own, and a
 *  class, stays what it is. */
function bind(value, self) {
  if (typeof value !== 'function' || keys(value).length > 0 || sourceOf.call(value).startsWith('class')) return value
  return named(value.bind(self), value.name)
}

function App(options) {
  if (app) {
    console.error('App() is called more than once: only the first call counts')
    return
  }
  app = {}
  for (const key of keys(options ?? {})) app[key] = bind(options[key], app)
  callApp('onLaunch', [deepCopy(launchOptions)])
  callApp('onShow', [deepCopy(launchOptions)])
}

function callApp(name, args) {
  if (app && typeof app[name] === 'function') return guard(app[name], app, args)
  return undefined
}

const hidden = (object, key, value) => defineProperty(object, key, { value, enumerable: false, configurable: true, writable: true })

/** What Page() got becomes the page's own: functions keep it, data is copied. */
function fillPage(page, options) {
  for (const key of keys(options)) if (key !== 'data' && key !== 'behaviors') page[key] = bind(deepCopy(options[key]), page)
}

function callPage(id, name, ...args) {
  const page = components.instance(id)
  if (!page) return undefined
  if (name === 'onReady') components.readyPage(page)
  const result = typeof page[name] === 'function' ? guard(page[name], page, args) : undefined
  if (components.instance(id)) components.tellComponents(page, name, args)
  return result
}

/** An event handler's answer as far as C may want it. */
function handleEvent(id, name, event) {
  const result = components.calls.handleEvent(id, name, event)
  return typeof result === 'string' || (typeof result === 'object' && result !== null && typeof result.then !== 'function') ? result : undefined
}

/** What a share handler gave, or its promise: text, and functions as numbers. */
function shareContent(value) {
  const given = typeof value === 'object' && value !== null ? value : {}
  const content = {}
  for (const key of ['title', 'path', 'imageUrl', 'query']) {
    const item = given[key]
    if (typeof item === 'string' || typeof item === 'number') content[key] = String(item)
  }
  for (const name of callbackNames) if (typeof given[name] === 'function') content[name] = pin(given[name])
  return content
}

/** Calls onShareAppMessage and its kin. With a promise (`late`) what it gives counts, and comes by "shared". */
function sharePage(id, name, options, number, late) {
  const page = components.instance(id)
  const result = guard(page[name], page, options ? [options] : [])
  const content = shareContent(result)
  const promise = late && typeof result === 'object' && result !== null ? result.promise : undefined
  if (typeof promise === 'object' && promise !== null && typeof promise.then === 'function') {
    content.waits = true
    promise.then((value) => send('shared', number, shareContent(value)), () => send('shared', number, null))
  }
  return content
}

class EventChannel {
  constructor() {
    hidden(this, 'listeners', new Map())
    hidden(this, 'peer', this)
  }
  on(name, fn) {
    if (typeof fn !== 'function') return
    const list = this.listeners.get(name) ?? []
    list.push({ fn, once: false })
    this.listeners.set(name, list)
  }
  once(name, fn) {
    this.on(name, fn)
    const list = this.listeners.get(name)
    if (list) list[list.length - 1].once = true
  }
  off(name, fn) {
    this.listeners.set(name, fn ? (this.listeners.get(name) ?? []).filter((entry) => entry.fn !== fn) : [])
  }
  emit(name, ...args) {
    const { peer } = this
    for (const entry of [...(peer.listeners.get(name) ?? [])]) {
      if (entry.once) peer.off(name, entry.fn)
      guard(entry.fn, peer, args)
    }
  }
}

function connect() {
  const near = new EventChannel()
  const far = new EventChannel()
  near.peer = far
  far.peer = near
  return [near, far]
}

// --- wx -----------------------------------------------------------------------------------------

const wx = {}
const pending = new Map() // call id -> callbacks
const listeners = new Map() // event name -> functions
const tasks = new Map() // call id -> listeners of the task by name
const channels = new Map() // call id of navigateTo -> the far end of its channel

const callbackNames = ['success', 'fail', 'complete']

function startCall(row, options) {
  const given = typeof options === 'object' && options !== null ? options : {}
  const parameters = {}
  for (const key of keys(given)) {
    if (callbackNames.includes(key)) continue
    parameters[key] = key === 'events' && row.name === 'navigateTo' ? undefined : encode(given[key])
  }
  lastId += 1
  const id = lastId
  const entry = {}
  for (const name of callbackNames) if (typeof given[name] === 'function') entry[name] = given[name]
  pending.set(id, entry)
  if (row.name === 'navigateTo') {
    const [near, far] = connect()
    for (const name of keys(given.events ?? {})) near.on(name, given.events[name])
    entry.channel = near
    channels.set(id, far)
  }
  return { id, entry, parameters, waits: !callbackNames.some((name) => name in entry) }
}

function startAsync(row, options, start) {
  const { id, entry, parameters, waits } = startCall(row, options)
  const promise = waits ? new Promise((resolve, reject) => assign(entry, { resolve, reject })) : undefined
  // a promise that nobody looks at must not count as an unhandled rejection
  promise?.catch(() => {})
  start(id, parameters)
  return promise
}

const asyncApi = (row) => (options) => startAsync(row, options, (id, parameters) => send('api', row.name, id, parameters))

function taskApi(row) {
  return (options) => {
    const { id, parameters } = startCall(row, options)
    const heard = new Map()
    tasks.set(id, heard)
    const task = {}
    for (const method of row.methods) {
      if (/^on[A-Z]/.test(method)) {
        task[method] = (fn) => {
          if (typeof fn === 'function') heard.set(method, [...(heard.get(method) ?? []), fn])
        }
      } else if (/^off[A-Z]/.test(method)) {
        const name = `on${method.slice(3)}`
        task[method] = (fn) => heard.set(name, fn ? (heard.get(name) ?? []).filter((other) => other !== fn) : [])
      } else {
        task[method] = (...args) => taskCall(id, method, args)
      }
    }
    send('api', row.name, id, parameters)
    return task
  }
}

function taskCall(id, method, args) {
  const given = typeof args[0] === 'object' && args[0] !== null ? args[0] : {}
  const answer = decode(send('task', id, method, args.map((arg) => {
    if (arg !== given || arg instanceof ArrayBuffer) return encode(arg)
    const copy = {}
    for (const key of keys(arg)) if (!callbackNames.includes(key)) copy[key] = encode(arg[key])
    return copy
  })))
  if (answer && has(answer, 'errMsg')) {
    const ok = /:ok/.test(answer.errMsg)
    Promise.resolve().then(() => {
      const fn = ok ? given.success : given.fail
      if (typeof fn === 'function') guard(fn, undefined, [answer])
      if (typeof given.complete === 'function') guard(given.complete, undefined, [answer])
    })
    return undefined
  }
  return answer
}

function syncApi(row) {
  return (...args) => {
    const answer = send('sync', row.name, args.map(encode))
    if (answer && has(answer, 'error')) {
      const error = new Error(answer.error)
      error.errMsg = answer.error
      throw error
    }
    return decode(answer?.value)
  }
}

function eventApi(row) {
  const name = row.name
  wx[name] = (fn) => {
    if (typeof fn !== 'function') return
    const list = listeners.get(name) ?? []
    listeners.set(name, list)
    list.push(fn)
    if (list.length === 1) send('listen', name, true)
  }
  named(wx[name], name)
  const off = `off${name.slice(2)}`
  wx[off] = (fn) => {
    const before = listeners.get(name) ?? []
    const after = typeof fn === 'function' ? before.filter((other) => other !== fn) : []
    listeners.set(name, after)
    if (before.length > 0 && after.length === 0) send('listen', name, false)
  }
  named(wx[off], off)
}

const classes = new Map() // class name -> prototype
const living = new Map() // id in C -> object of a class with events: it is heard until destroy()
const heardBy = new WeakMap() // such an object -> its listeners by the event's name
const objects = new WeakMap() // object of a class -> its id in C
const released = typeof FinalizationRegistry === 'function' ? new FinalizationRegistry((id) => send('release', id)) : undefined

function makeObject(className, id) {
  if (living.has(id)) return living.get(id)
  const object = create(classes.get(className))
  objects.set(object, id)
  if (eventful.has(className)) {
    living.set(id, object)
    heardBy.set(object, new Map())
  } else released?.register(object, id)
  return object
}

function fromMethod(self, answer) {
  if (!answer) return undefined
  if (answer.self) return self
  if (has(answer, 'error')) throw new Error(answer.error)
  if (has(answer, 'object')) {
    if (has(answer, 'same')) return answer.same === objects.get(self) ? self : owners.get(self)
    const made = makeObject(answer.class, answer.object)
    owners.set(made, self)
    return made
  }
  return decode(answer.value)
}
const owners = new WeakMap() // NodesRef -> its SelectorQuery

const eventful = new Set()

/** onPlay and offPlay of the event "Play". */
function addEvent(proto, event) {
  const on = function (fn) {
    const heard = heardBy.get(this)
    if (heard && typeof fn === 'function') heard.set(event, [...(heard.get(event) ?? []), fn])
  }
  const off = function (fn) {
    const heard = heardBy.get(this)
    heard?.set(event, typeof fn === 'function' ? (heard.get(event) ?? []).filter((other) => other !== fn) : [])
  }
  proto[`on${event}`] = named(on, `on${event}`)
  proto[`off${event}`] = named(off, `off${event}`)
}

function addProperty(proto, name) {
  defineProperty(proto, name, {
    get() { return decode(send('objectGet', objects.get(this) ?? 0, name)) },
    set(value) { send('objectSet', objects.get(this) ?? 0, name, encode(value)) },
    enumerable: true,
    configurable: true,
  })
}

/** What an object of a class with events has to tell. */
function objectEvent(id, event, detail) {
  const object = living.get(id)
  for (const fn of [...(heardBy.get(object)?.get(event) ?? [])]) guard(fn, object, [decode(deepCopy(detail))])
}

function makeClass({ name, methods, calls, events, properties }) {
  const proto = {}
  for (const event of events) addEvent(proto, event)
  for (const property of properties) addProperty(proto, property)
  if (events.length > 0) eventful.add(name)
  for (const call of calls) {
    proto[call] = named(function (options) {
      return startAsync({ name: call }, options, (id, parameters) => send('objectCall', objects.get(this) ?? 0, call, id, parameters))
    }, call)
  }
  for (const method of methods) {
    proto[method] = function (...args) {
      const answer = send('method', objects.get(this) ?? 0, method, args.map(encode))
      if (method === 'destroy' && living.delete(objects.get(this))) released?.register(this, objects.get(this))
      if (answer?.owner) return owners.get(this)
      return fromMethod(this, answer)
    }
    named(proto[method], method)
  }
  classes.set(name, proto)
}

function factoryApi(row) {
  return (...args) => {
    const answer = send('create', row.name, args.map(encode))
    if (has(answer, 'error')) throw new Error(answer.error)
    return makeObject(answer.class, answer.object)
  }
}

/** What a function that is not there yet gives in place of its object: every method is there and does nothing. */
const inertAnswers = { measureText: () => ({ width: 0 }), export: () => ({ actions: [] }), toDataURL: () => '' }
const inert = new Proxy({}, {
  get(target, key) {
    if (typeof key === 'symbol' || key === 'then' || key === 'toJSON' || key in target) return target[key]
    return inertAnswers[key] ?? (() => inert)
  },
  set: () => true,
})

function inertApi(row) {
  let told = false
  return () => {
    if (!told) console.warn(`${row.name}:fail not supported: what it gives does nothing`)
    told = true
    return inert
  }
}

function named(fn, name) {
  defineProperty(fn, 'name', { value: name })
  return fn
}

function makeWx() {
  const table = send('table')
  for (const entry of table.classes) makeClass(entry)
  for (const row of table.apis) {
    if (row.kind === 'event') eventApi(row)
    else wx[row.name] = named({ async: asyncApi, task: taskApi, sync: syncApi, factory: factoryApi, inert: inertApi }[row.kind](row), row.name)
  }
  // documented so: it looks asynchronous, and answers before it returns
  const later = wx.getSystemInfo
  wx.getSystemInfo = named((options) => {
    const given = typeof options === 'object' && options !== null ? options : {}
    if (!callbackNames.some((name) => typeof given[name] === 'function')) return later(options)
    const answer = { ...wx.getSystemInfoSync(), errMsg: 'getSystemInfo:ok' }
    if (typeof given.success === 'function') guard(given.success, undefined, [answer])
    if (typeof given.complete === 'function') guard(given.complete, undefined, [answer])
    return undefined
  }, 'getSystemInfo')
  wx.env = freeze({ USER_DATA_PATH: 'wxfile://usr' })
}

/** The end of a call: success or fail, then complete. */
function settle(id, ok, result) {
  const entry = pending.get(id)
  if (!entry) return
  pending.delete(id)
  tasks.delete(id)
  channels.delete(id)
  const answer = decode(result)
  if (ok && entry.channel) answer.eventChannel = entry.channel
  const first = ok ? entry.success : entry.fail
  if (first) guard(first, undefined, [answer])
  if (entry.complete) guard(entry.complete, undefined, [answer])
  if (ok) entry.resolve?.(answer)
  else entry.reject?.(answer)
}

/** Something happened to a task: its on... listeners. */
function progress(id, name, detail) {
  for (const fn of tasks.get(id)?.get(name) ?? []) guard(fn, undefined, [decode(deepCopy(detail))])
}

function emit(name, detail) {
  for (const fn of [...(listeners.get(name) ?? [])]) guard(fn, undefined, [decode(deepCopy(detail))])
}

/** A pinned function; `keep` leaves the pin for the next call. */
function callPinned(id, keep, ...args) {
  const fn = functions.get(id)
  if (!keep) functions.delete(id)
  if (fn) guard(fn, undefined, args.map(decode))
}

// --- what a mini program sees, and what C calls -------------------------------------------------

const getApp = () => app
const getCurrentPages = () => send('pages').map((id) => components.instance(id))
const components = native.components({ send, pin, guard, hidden, named, deepCopy, parsePath, assignPath, has, fillPage, EventChannel, wx })
delete native.components
makeWx()
const canvases = native.canvas({ wx, guard, named, encode, makeClassed: makeObject, isPage: (id) => Boolean(components.instance(id)), numberOf: (object) => objects.get(object) ?? 0 })
delete native.canvas

// In WeChat a browser's names are parameters of every file, without a value: looking at them is no error.
const absent = {}
for (const name of ['window', 'document', 'frames', 'self', 'location', 'navigator', 'localStorage', 'history', 'Caches', 'screen',
  'alert', 'confirm', 'prompt', 'fetch', 'XMLHttpRequest', 'WebSocket', 'Reporter', 'webkit', 'WeixinJSCore']) absent[name] = undefined

// UTF-8, which the vendor's tool has by its browser and phones partly have: programs look for it, or bring their own.
class TextEncoder {
  get encoding() { return 'utf-8' }
  encode(text = '') {
    const bytes = []
    for (const char of String(text)) {
      const code = char.codePointAt(0) >= 0xd800 && char.codePointAt(0) <= 0xdfff ? 0xfffd : char.codePointAt(0) // half of a pair
      if (code < 0x80) bytes.push(code)
      else if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 63))
      else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63))
      else bytes.push(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 63), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63))
    }
    return new Uint8Array(bytes)
  }
}

class TextDecoder {
  constructor(label = 'utf-8', options = {}) {
    if (!/^(utf-?8|unicode-1-1-utf-8)$/i.test(String(label).trim())) throw new RangeError(`The encoding label provided ('${label}') is invalid.`)
    hidden(this, 'options', { fatal: Boolean(options?.fatal), ignoreBOM: Boolean(options?.ignoreBOM) })
  }
  get encoding() { return 'utf-8' }
  get fatal() { return this.options.fatal }
  get ignoreBOM() { return this.options.ignoreBOM }
  decode(input = new Uint8Array(0)) {
    const bytes = ArrayBuffer.isView(input) ? new Uint8Array(input.buffer, input.byteOffset, input.byteLength) : new Uint8Array(input)
    const parts = []
    for (let i = 0; i < bytes.length;) {
      const first = bytes[i]
      const count = first < 0x80 ? 0 : first >= 0xc2 && first < 0xe0 ? 1 : first >= 0xe0 && first < 0xf0 ? 2 : first >= 0xf0 && first < 0xf5 ? 3 : -1
      let code = count === 0 ? first : first & (0x3f >> count)
      let taken = 1
      while (count > 0 && taken <= count && (bytes[i + taken] & 0xc0) === 0x80) {
        const next = bytes[i + taken]
        if (taken === 1 && ((first === 0xe0 && next < 0xa0) || (first === 0xed && next > 0x9f) || (first === 0xf0 && next < 0x90) || (first === 0xf4 && next > 0x8f))) break
        code = (code << 6) | (next & 63)
        taken += 1
      }
      const good = count >= 0 && taken === count + 1
      if (!good && this.options.fatal) throw new TypeError('The encoded data was not valid.')
      parts.push(String.fromCodePoint(good ? code : 0xfffd))
      i += taken
    }
    const text = parts.join('')
    return !this.options.ignoreBOM && text.charCodeAt(0) === 0xfeff ? text.slice(1) : text
  }
}

const { Component, Behavior, Page } = components
const scope = { ...absent, TextEncoder, TextDecoder, App, Page, Component, Behavior, getApp, getCurrentPages, wx }
native.scope(scope)
native.kit = { scope, wx, instance: components.instance, parsePath, propertyNames: components.propertyNames } // for a script that is attached from outside (attach.c)
send('ready', native.pin({
  launch(options) { launchOptions = options },
  define: components.define,
  callApp: (name, ...args) => { callApp(name, args) },
  ...components.calls,
  callPage,
  openChannel(id, call) { if (channels.has(call)) hidden(components.instance(id), '__channel', channels.get(call)) },
  handleEvent,
  sharePage,
  pageHas: (id, name) => typeof components.instance(id)?.[name] === 'function',
  setPageData(id, patch) { components.instance(id)?.setData(patch) },
  settle, progress, emit, objectEvent, callPinned,
  unpin(id) { functions.delete(id) },
}))
})
