// What automation does in the logic layer of a program that does not know of it: evaluated once it runs, see app_attach().
// Every function that may take long gets the number of the call that it answers, by tell('done') or tell('failed').
(function (native) {
'use strict'

const { kit, invoke: send } = native
const { wx, scope, instance, parsePath, propertyNames } = kit
const { stringify, parse } = JSON
const has = (object, key) => Object.prototype.hasOwnProperty.call(object, key)

const kinds = new Map() // of wx functions: "async", "task", "sync", "factory", "event"
for (const row of send('table').apis) kinds.set(row.name, row.kind)

/** As JSON has it; what it has not is undefined. */
function plain(value) {
  try {
    const text = stringify(value)
    return text === undefined ? undefined : parse(text)
  } catch (error) {
    return undefined
  }
}

/** A thing that was logged: errors as their text, functions as their head. */
function shown(value) {
  if (value instanceof Error) return value.stack ? `${value}\n${value.stack}` : String(value)
  if (typeof value === 'function') return `function ${value.name}`
  return typeof value === 'symbol' ? String(value) : plain(value)
}

/** Words of what was thrown or told to fail; "name:fail " goes. */
function words(error, name) {
  const text = typeof error === 'object' && error !== null ? error.errMsg ?? error.message ?? stringify(error) : error
  const start = `${name}:fail `
  return String(text).startsWith(start) ? String(text).slice(start.length) : String(text)
}

const done = (call, value) => { send('tell', 'done', call, plain(value)) }
const fail = (call, text) => { send('tell', 'failed', call, text) }

/** The call is answered by what `make` gives, or its promise. */
function answer(call, make, name) {
  let result
  try {
    result = make()
  } catch (error) {
    fail(call, words(error, name))
    return
  }
  Promise.resolve(result).then((value) => done(call, value), (error) => fail(call, words(error, name)))
}

// --- wx -----------------------------------------------------------------------------------------

const isAsync = (name) => (kinds.has(name) ? ['async', 'task'].includes(kinds.get(name)) : !/Sync$|^(create|get\w+Manager|on|off)/.test(name))

function callWx(call, name, args) {
  const fn = wx[name]
  if (typeof fn !== 'function') {
    fail(call, `wx.${name} not exists`)
    return
  }
  answer(call, () => (isAsync(name)
    ? new Promise((success, reject) => { fn.call(wx, { ...args[0], success, fail: reject }) })
    : fn.apply(wx, args)), name)
}

const originals = new Map()

function callback(options, name, result) {
  if (typeof options?.[name] !== 'function') return
  try {
    options[name](result)
  } catch (error) {
    native.report(error)
  }
}

/** A function in place of wx[name]: what `give` gives, in the way in which that one gives its results. */
function put(name, give) {
  if (!originals.has(name)) originals.set(name, wx[name])
  if (!isAsync(name)) {
    wx[name] = (...given) => give(given)
    return
  }
  wx[name] = (options) => {
    const promise = new Promise((resolve, reject) => {
      Promise.resolve([options]).then(give).then((result) => {
        const failed = String(result?.errMsg ?? '').includes(':fail')
        callback(options, failed ? 'fail' : 'success', result)
        callback(options, 'complete', result)
        if (failed) reject(result)
        else resolve(result)
      }, reject)
    })
    promise.catch(() => {})
    return ['success', 'fail', 'complete'].some((key) => typeof options?.[key] === 'function') ? undefined : promise
  }
}

function mockResult(name, result) {
  put(name, () => plain(result))
}

function mockFunction(name, args) {
  const fn = handed
  const origin = originals.get(name) ?? wx[name]
  put(name, (given) => fn.apply({ origin }, [...given, ...args]))
}

function restore(name) {
  if (!originals.has(name)) return
  if (originals.get(name) === undefined) delete wx[name]
  else wx[name] = originals.get(name)
  originals.delete(name)
}

// --- functions from outside, and to outside --------------------------------------------------------

let handed // the latest function that app_attached_give() brought

kit.given = (make) => {
  const { App, Page, Component, Behavior, getApp, getCurrentPages } = scope
  const value = make(App, Page, Component, Behavior, getApp, getCurrentPages, wx)
  if (typeof value !== 'function') throw new TypeError('it is no function')
  handed = value
}

function callGiven(call, args) {
  const fn = handed
  answer(call, () => fn(...args))
}

function bind(name) {
  Object.defineProperty(globalThis, name, {
    value: (...args) => { send('tell', 'binding', name, args.map(shown)) }, configurable: true, writable: true, enumerable: false,
  })
}

let listening = false

/** Where the program's line stands that has called what calls this: "pages/a/a.js:2"; "" when that cannot be told. */
function placeOfCaller() {
  const line = (new Error().stack ?? '').split('\n')[2] ?? ''
  const [, file = '', number = ''] = /(?:^|@)([^@]*?):(\d+):\d+$/.exec(line) ?? []
  return file && !file.startsWith('mina:') ? `${file}:${number}` : ''
}

function listen() {
  if (listening) return
  listening = true
  for (const type of ['log', 'info', 'warn', 'error', 'debug']) {
    const before = console[type]
    console[type] = function (...args) {
      before.apply(console, args)
      send('tell', 'log', type, args.map(shown), placeOfCaller())
    }
  }
}

// --- pages and components -----------------------------------------------------------------------------

function withInstance(call, id, what, fn) {
  const self = instance(id)
  if (self) answer(call, () => fn(self))
  else fail(call, `the ${what} is gone`)
}

function readPath(data, path) {
  let value = data
  for (const step of path ? parsePath(path) : []) value = value === undefined || value === null ? undefined : value[step]
  return value
}

const getData = (call, id, what, path) => withInstance(call, id, what, (self) => readPath(self.data, path))
const setData = (call, id, what, data) => withInstance(call, id, what, (self) => { self.setData(data) })

function callMethod(call, id, what, name, args) {
  withInstance(call, id, what, (self) => {
    if (typeof self[name] !== 'function') throw new Error(`${what}.${name} not exists`)
    return self[name](...args)
  })
}

/** Of a component: "__propPublic" are the names of all its properties. */
function getProperties(call, id, names) {
  withInstance(call, id, 'component', (self) => names.map((name) => {
    if (name !== '__propPublic') return has(self.data, name) ? self.data[name] : null
    const all = { id: true, dataset: true }
    for (const key of propertyNames(self)) all[key] = true
    return all
  }))
}

const trigger = (call, id, type, detail) => withInstance(call, id, 'component', (self) => { self.triggerEvent(type, detail) })

function callContext(call, id, make, element, name, args) {
  withInstance(call, id, 'page', (self) => {
    const context = wx[make](element, self)
    if (typeof context?.[name] !== 'function') throw new Error(`${make}.${name} not exists`)
    return context[name](...args)
  })
}

send('attach', native.pin({
  callWx, mockResult, mockFunction, restore, callGiven, bind, listen, getData, setData, callMethod, getProperties, trigger, callContext,
}))
})
