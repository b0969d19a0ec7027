// Component() and Behavior(): what they define, the objects they make, and the life of these (framework.md, section 10).
//
// An object's place in the tree is kept in C (instance.h). A change of data goes there as one JSON string and comes back
// as steps: what the templates made of it, in order. carry() does them; nothing else makes or ends a component.
// Evaluated before prelude.js, which takes `native.components` with what both need.
(function (native) {
'use strict'

native.components = (kit) => {
const { send, pin, hidden, named, deepCopy, parsePath, assignPath, has } = kit
const { keys, create, defineProperty } = Object
const { isArray } = Array
const { stringify } = JSON

const S = Symbol('state') // of an instance: what nobody else sees
const all = new Map() // id -> instance, pages among them

/** Runs the program's own code: its component's life cycle `error` hears what it throws, then the program. */
function guard(fn, self, args) {
  try {
    return fn.apply(self, args)
  } catch (error) {
    const state = self && self[S]
    if (state && !state.failing && state.definition.lifetimes.error.length) {
      state.failing = true
      callLifetime(self, 'error', [error])
      state.failing = false
    }
    native.report(error)
    return undefined
  }
}

// --- what JSON drops, inside of data -------------------------------------------------------------------

const functionIds = new WeakMap()
const functions = new Map()
let sentMarks = false

function functionId(fn) {
  let id = functionIds.get(fn)
  if (!id) {
    id = functions.size + 1
    functionIds.set(fn, id)
    functions.set(id, fn)
    sentMarks = true
  }
  return id
}

/** Is there something in it that JSON drops? Looks at a bounded number of items. */
function needsMarks(value, budget) {
  if (typeof value === 'function' || value === undefined || (typeof value === 'number' && !isFinite(value))) return true
  if (typeof value !== 'object' || value === null || budget.left <= 0) return false
  for (const key in value) {
    budget.left -= 1
    if (needsMarks(value[key], budget)) return true
  }
  return false
}

const mark = (key, value) => {
  if (typeof value === 'function') return { $fn: functionId(value) }
  if (typeof value === 'number' && !isFinite(value)) {
    sentMarks = true
    return { $number: String(value) }
  }
  return value === undefined ? { $undefined: 1 } : value
}

function unmark(value) {
  if (!sentMarks || typeof value !== 'object' || value === null) return value
  if (has(value, '$fn')) return functions.get(value.$fn)
  if (has(value, '$number')) return Number(value.$number)
  for (const key of keys(value)) {
    const item = value[key]
    if (typeof item === 'object' && item !== null) value[key] = unmark(item)
  }
  return value
}

// --- properties ---------------------------------------------------------------------------------

const typeNames = new Map([[String, 'string'], [Number, 'number'], [Boolean, 'boolean'], [Object, 'object'], [Array, 'array'],
  [Function, 'function'], [null, 'any'], [undefined, 'any']])
const fallbacks = {
  string: () => '', number: () => 0, boolean: () => false, object: () => null, array: () => [], function: () => () => {}, any: () => null,
}
const typeOf = (type) => typeNames.get(type) ?? 'any'

/** `{type, optionalTypes, value, observer}` or a type alone; a list of types is any. */
function normalizeProperty(name, given) {
  const long = typeof given === 'object' && given !== null && !isArray(given)
  const type = typeOf(long ? given.type : given)
  const value = long ? given.value : undefined
  return {
    name, type,
    optional: long && isArray(given.optionalTypes) ? given.optionalTypes.map(typeOf) : [],
    value: value === undefined ? fallbacks[type] : () => deepCopy(value),
    observer: long ? given.observer : undefined,
  }
}

function fits(type, value) {
  switch (type) {
    case 'string': return typeof value === 'string'
    case 'number': return Number.isFinite(value)
    case 'boolean': return typeof value === 'boolean'
    case 'object': return typeof value === 'object' && !isArray(value)
    case 'array': return isArray(value)
    case 'function': return typeof value === 'function'
    default: return value !== undefined
  }
}

function convert(property, value, path) {
  for (const type of property.optional) if (fits(type, value)) return value
  const wrong = (expected, got, used) => {
    console.warn(`[Component] property "${property.name}" of "${path}" received type-uncompatible value: expected <${expected}> but get ${got}. ${used}`)
    return fallbacks[property.type]()
  }
  switch (property.type) {
    case 'string':
      return value === null || value === undefined ? wrong('String', 'null value', 'Use empty string instead.') : String(value)
    case 'number':
      return value !== undefined && isFinite(value) ? Number(value) : wrong('Number', 'non-number value', 'Used 0 instead.')
    case 'boolean': return !!value
    case 'array': return isArray(value) ? value : wrong('Array', 'non-array value', 'Used empty array instead.')
    case 'object': return typeof value === 'object' ? value : wrong('Object', 'non-object value', 'Used null instead.')
    case 'function': return typeof value === 'function' ? value : wrong('Function', 'non-function value', 'Used an empty function instead.')
    default: return value === undefined ? null : value
  }
}

// --- definitions --------------------------------------------------------------------------------

const lifetimeNames = ['created', 'attached', 'ready', 'moved', 'detached', 'error']
const pageLifetimeNames = ['show', 'hide', 'resize', 'routeDone']

class BehaviorDefinition {
  constructor(options) {
    hidden(this, 'options', options)
  }
}

const builtIn = {
  'wx://form-field': { properties: { name: { type: String }, value: { type: null } } },
  'wx://form-field-group': {},
  'wx://form-field-button': {},
  'wx://component-export': {},
}

const formRoles = ['wx://form-field', 'wx://form-field-group', 'wx://form-field-button'] // as enum node_form_role

const isPlain = (value) => typeof value === 'object' && value !== null && !isArray(value)

/** Later ones win; objects of the same name are merged. */
function mergeData(into, from) {
  for (const key of keys(from)) {
    if (has(into, key) && isPlain(into[key]) && isPlain(from[key])) {
      into[key] = { ...into[key] }
      mergeData(into[key], from[key])
    } else into[key] = from[key]
  }
}

/** Patterns of one observers key: "a.b, c[0].**" as [{steps, wild}]. */
function parseObserver(text) {
  return text.split(',').map((part) => {
    const path = part.trim()
    if (path === '**') return { steps: [], wild: true }
    const wild = path.endsWith('.**')
    return { steps: parsePath(wild ? path.slice(0, -3) : path), wild }
  })
}

function callFilters(options) {
  for (const behavior of options.behaviors ?? []) {
    const own = behavior instanceof BehaviorDefinition ? behavior.options : undefined
    if (typeof own?.definitionFilter === 'function') {
      const inner = (own.behaviors ?? []).map((other) => other instanceof BehaviorDefinition ? other.options.definitionFilter : null)
      guard(own.definitionFilter, own, [options, inner])
    }
  }
}

/** Gathers what a definition and its behaviors say, behaviors first. */
function collect(options, into) {
  for (const behavior of options.behaviors ?? []) {
    if (into.behaviors.has(behavior)) continue
    into.behaviors.add(behavior)
    const inner = behavior instanceof BehaviorDefinition ? behavior.options : builtIn[behavior]
    if (inner) collect(inner, into)
    else console.warn(`There is no behavior ${String(behavior)}`)
  }
  for (const name of keys(options.properties ?? {})) into.properties.set(name, normalizeProperty(name, options.properties[name]))
  if (isPlain(options.data)) mergeData(into.data, options.data)
  else if (typeof options.data === 'function') mergeData(into.data, guard(options.data, undefined, []) ?? {})
  for (const name of keys(options.methods ?? {})) into.methods[name] = options.methods[name]
  const lifetimes = options.lifetimes ?? {}
  for (const name of lifetimeNames) {
    const fn = lifetimes[name] ?? options[name]
    if (fn) into.lifetimes[name].push(fn)
  }
  for (const name of pageLifetimeNames) if (options.pageLifetimes?.[name]) into.pageLifetimes[name].push(options.pageLifetimes[name])
  const { observers } = options
  if (isArray(observers)) for (const one of observers) into.observers.push({ paths: parseObserver(one.fields ?? '**'), fn: one.observer })
  else for (const key of keys(observers ?? {})) into.observers.push({ paths: parseObserver(key), fn: observers[key] })
  for (const key of keys(options.relations ?? {})) into.relations.set(key, { key, ...options.relations[key] })
  for (const name of options.externalClasses ?? []) into.externalClasses.add(name)
  if (typeof options.export === 'function') into.export = options.export // of use with wx://component-export alone
}

const lists = (names) => {
  const made = {}
  for (const name of names) made[name] = []
  return made
}

let proto // of all instances, see below
let pageProto

function compile(path, options, isPage) {
  callFilters(options)
  const definition = {
    path, isPage, number: 0,
    behaviors: new Set(), properties: new Map(), data: {}, methods: {},
    lifetimes: lists(lifetimeNames), pageLifetimes: lists(pageLifetimeNames), observers: [], relations: new Map(),
    externalClasses: new Set(), export: undefined, options: options.options ?? {},
  }
  collect(options, definition)
  if (!definition.behaviors.has('wx://component-export')) definition.export = undefined
  for (const [name, property] of definition.properties) definition.data[name] = property.value()
  const pattern = definition.options.pureDataPattern
  definition.pure = pattern instanceof RegExp ? pattern : undefined
  definition.watched = [...definition.properties.values()].some((property) => property.observer)
  definition.quiet = !native.staged && !definition.watched && definition.observers.length === 0 && definition.lifetimes.created.length === 0
  const own = [definition.methods, ...Object.values(definition.lifetimes), ...Object.values(definition.pageLifetimes)]
  definition.mute = definition.quiet && definition.relations.size === 0 && own.every((one) => keys(one).length === 0)
  definition.flat = keys(definition.data).every((name) => typeof definition.data[name] !== 'object' || definition.data[name] === null)
  definition.proto = create(isPage ? pageProto : proto)
  for (const name of keys(definition.methods)) definition.proto[name] = definition.methods[name]
  return definition
}

const registered = new Map() // path -> {options, kind}
const definitions = [] // by number

/** For C (definition.c): what the script of that file has defined; null: nothing. */
function describe(number, path) {
  const entry = registered.get(path)
  if (!entry) return null
  const definition = compile(path, entry.options, entry.kind === 'page')
  definition.kind = entry.kind
  definition.source = entry.options
  definition.number = number
  definitions[number] = definition
  const data = {}
  for (const name of keys(definition.data)) if (!definition.pure?.test(name)) data[name] = definition.data[name]
  const properties = [...definition.properties.values()].map(({ name, type, optional, value }) => ({ name, type, optional, value: value() }))
  const marks = needsMarks(data, { left: 5000 }) || needsMarks(properties, { left: 5000 })
  const told = {
    properties, data, marks,
    externalClasses: [...definition.externalClasses],
    options: JSON.parse(stringify(definition.options) ?? '{}'),
    observed: definition.observers.length > 0,
    watched: definition.watched,
    created: definition.lifetimes.created.length > 0,
    formRoles: formRoles.reduce((bits, name, at) => bits | (definition.behaviors.has(name) ? 1 << at : 0), 0),
    quiet: definition.quiet,
    mute: definition.mute,
    moves: definition.lifetimes.moved.length > 0 || definition.relations.size > 0,
  }
  return marks ? JSON.parse(stringify(told, mark)) : told
}

let defining = '' // the file that is being run

function register(kind, options) {
  if (!defining) {
    console.error(`Please do not call ${kind === 'page' ? 'Page' : 'Component'}() outside of its own script`)
    return
  }
  if (registered.has(defining)) {
    console.error(`Please do not register multiple ${kind === 'page' ? 'Page' : 'Component'}s in ${defining}.js`)
    return
  }
  registered.set(defining, { kind, options: options ?? {} })
}

function Component(options) {
  register('component', options)
}

function Behavior(options) {
  const given = options ?? {}
  callFilters(given)
  return new BehaviorDefinition(given)
}

// --- data and observers -------------------------------------------------------------------------

const simpleName = /^[\w$]+$/

/** Sets one item of setData; tells which paths changed and which properties' observers want to know. */
function setItem(self, state, name, given, paths, watch, out) {
  const { definition } = state
  let value = given
  if (simpleName.test(name)) {
    const property = definition.properties.get(name)
    if (property) {
      const before = self.data[name]
      value = convert(property, value, definition.path)
      self.data[name] = value
      if (before !== value) watch.push(property, value, before)
    } else self.data[name] = value
    paths?.push([name])
    if (!definition.pure?.test(name)) out[name] = value
    return
  }
  const steps = parsePath(name)
  assignPath(self.data, steps, value)
  const property = definition.properties.get(steps[0])
  if (property) watch.push(property, value, undefined)
  paths?.push(steps)
  if (!definition.pure?.test(String(steps[0]))) out[name] = value
}

const startsWith = (long, short) => {
  for (let i = 0; i < short.length; i += 1) if (String(long[i]) !== String(short[i])) return false
  return true
}

const concerns = (pattern, path) => (path.length <= pattern.steps.length ? startsWith(pattern.steps, path) : pattern.wild && startsWith(path, pattern.steps))

function valueAt(data, steps) {
  let at = data
  for (const step of steps) {
    if (typeof at !== 'object' || at === null) return undefined
    at = at[step]
  }
  return at
}

/** Data observers, until none of them changes what another looks at. */
function observe(self, state, paths) {
  const { observers } = state.definition
  const chain = { paths, patches: [], watch: [], callbacks: [] }
  const due = new Set()
  state.chain = chain
  const look = () => {
    for (const path of chain.paths.splice(0)) {
      for (const observer of observers) if (observer.paths.some((pattern) => concerns(pattern, path))) due.add(observer)
    }
  }
  for (look(); due.size > 0;) {
    for (const observer of observers) {
      if (!due.delete(observer)) continue
      const fn = typeof observer.fn === 'string' ? self[observer.fn] : observer.fn
      if (typeof fn === 'function') guard(fn, self, observer.paths.map(({ steps }) => valueAt(self.data, steps)))
      look()
    }
  }
  state.chain = null
  return chain
}

/** Observers of properties, and the owners' data behind model:property. */
function tellWatchers(self, state, watch) {
  for (let i = 0; i < watch.length; i += 3) {
    const property = watch[i]
    const model = state.models && state.models[property.name]
    if (model && state.owner) update(state.owner, { [model]: watch[i + 1] })
    tellObserver(self, property, watch[i + 1], watch[i + 2])
  }
}

function tellObserver(self, property, value, before) {
  const fn = typeof property.observer === 'string' ? self[property.observer] : property.observer
  if (typeof fn === 'function') guard(fn, self, [value, before])
}

const WARNING_SIZE = 1024 * 1024

const isScalar = (value) => typeof value === 'string' || typeof value === 'boolean' || (typeof value === 'number' && isFinite(value))

function sendData(state, patches, callback) {
  const first = patches.length === 1 ? patches[0] : patches
  const names = patches.length === 1 ? keys(first) : patches
  if (!native.staged && names.length === 1 && isScalar(first[names[0]]) && !(first[names[0]].length > WARNING_SIZE)) { // most of them: no JSON
    const value = first[names[0]]
    const made = send('setItem', state.id, callback, names[0], value === 0 ? 0 : value) // no -0, as in JSON
    if (made) carry(made)
    return
  }
  const marks = needsMarks(first, { left: 2000 })
  const json = patches.length === 0 ? '' : marks ? stringify(first, mark) : stringify(first)
  if (json.length > WARNING_SIZE) console.warn(`setData 数据传输长度为 ${Math.round(json.length / 1024)} KB，存在有性能问题！`)
  const steps = send('setData', state.id, callback, json, marks)
  if (steps) carry(steps)
}

function update(self, patch, callback) {
  const state = self[S]
  if (typeof patch !== 'object' || patch === null) {
    console.error(`setData accepts an Object rather than some ${patch === null ? 'null' : typeof patch}`)
    return
  }
  const { definition, chain } = state
  const observed = definition.observers.length > 0
  const paths = chain ? chain.paths : observed ? [] : undefined
  const watch = chain ? chain.watch : []
  const out = {}
  for (const name of keys(patch)) {
    if (patch[name] === undefined && definition.kind === 'page') console.warn(`Setting data field "${name}" to undefined is invalid.`)
    setItem(self, state, name, patch[name], paths, watch, out)
  }
  if (chain) {
    chain.patches.push(out)
    if (typeof callback === 'function') chain.callbacks.push(callback)
    return
  }
  const patches = [out]
  const callbacks = typeof callback === 'function' ? [callback] : []
  if (observed) {
    const more = observe(self, state, paths)
    patches.push(...more.patches)
    watch.push(...more.watch)
    callbacks.push(...more.callbacks)
  }
  const began = state.listener ? Date.now() : 0
  sendData(state, patches, callbacks.length ? pin(() => { for (const fn of callbacks) guard(fn, self, []) }) : 0)
  if (state.listener) tellPerformance(self, state, patches, began)
  if (watch.length) tellWatchers(self, state, watch)
}

function tellPerformance(self, state, patches, began) {
  const { withDataPaths, fn } = state.listener
  state.updates = (state.updates ?? 0) + 1
  const result = { updateProcessId: state.updates, isMergedUpdate: false, pendingStartTimestamp: began, updateStartTimestamp: began,
    updateEndTimestamp: Date.now() }
  if (withDataPaths) result.dataPaths = patches.flatMap((patch) => keys(patch).map((name) => parsePath(name)))
  guard(fn, self, [result])
}

// --- relations ----------------------------------------------------------------------------------

/** "../b/index" as seen from the component a/a. */
function joinPath(from, to) {
  const parts = to.startsWith('/') ? [] : from.split('/').slice(0, -1)
  for (const piece of to.split('/')) {
    if (piece === '..') parts.pop()
    else if (piece && piece !== '.') parts.push(piece)
  }
  return parts.join('/')
}

function isTarget(relation, from, definition) {
  if (relation.target) return definition.behaviors.has(relation.target)
  const path = joinPath(from.path, relation.key)
  return definition.path === path || definition.path === `${path}/index`
}

const opposite = { parent: 'child', ancestor: 'descendant' }

function findLink(self, relation) {
  const { definition } = self[S]
  for (let up = self[S].parent; up; up = up[S].parent) {
    const above = up[S].definition
    if (isTarget(relation, definition, above)) {
      for (const other of above.relations.values()) {
        if (other.type === opposite[relation.type] && isTarget(other, above, definition)) return { target: up, relation: other }
      }
    }
    if (relation.type === 'parent') return undefined
  }
  return undefined
}

function callRelation(name, relation, self, other) {
  if (typeof relation[name] === 'function') guard(relation[name], self, [other])
}

/** After a component was attached, moved or detached: its ties to those above it. */
function link(self, detached) {
  const state = self[S]
  for (const relation of state.definition.relations.values()) {
    if (!opposite[relation.type]) continue
    const before = state.links?.get(relation)
    const now = detached ? undefined : findLink(self, relation)
    state.links ??= new Map()
    if (now) state.links.set(relation, now)
    else state.links.delete(relation)
    const same = before && now && before.target === now.target && before.relation === now.relation
    if (before) {
      if (!same) tied(before.target, before.relation).delete(self)
      callRelation(same ? 'linkChanged' : 'unlinked', before.relation, before.target, self)
      callRelation(same ? 'linkChanged' : 'unlinked', relation, self, before.target)
    }
    if (now && !same) {
      tied(now.target, now.relation).add(self)
      callRelation('linked', now.relation, now.target, self)
      callRelation('linked', relation, self, now.target)
    }
    if (!now && !detached) callRelation('linkFailed', relation, self, undefined)
  }
}

function tied(self, relation) {
  const state = self[S]
  state.tied ??= new Map()
  if (!state.tied.has(relation)) state.tied.set(relation, new Set())
  return state.tied.get(relation)
}

function getRelationNodes(self, key) {
  const state = self[S]
  const relation = state.definition.relations.get(key)
  if (!relation) return null
  if (opposite[relation.type]) {
    const found = state.links?.get(relation)
    return found ? [found.target] : []
  }
  const set = state.tied?.get(relation)
  if (!set || set.size < 2) return set ? [...set] : []
  return send('sort', state.id, [...set].map((other) => other[S].id)).map((id) => all.get(id))
}

// --- the life of instances ----------------------------------------------------------------------

function callLifetime(self, name, args = []) {
  for (const fn of self[S].definition.lifetimes[name]) {
    const found = typeof fn === 'string' ? self[fn] : fn
    if (typeof found === 'function') guard(found, self, args)
  }
}

function callPageLifetime(self, name, args = []) {
  for (const fn of self[S].definition.pageLifetimes[name]) {
    const found = typeof fn === 'string' ? self[fn] : fn
    if (typeof found === 'function') guard(found, self, args)
  }
}

const copyData = (definition) => (definition.flat ? { ...definition.data } : deepCopy(definition.data))

function give(self, state) {
  self[S] = state
  all.set(state.id, self)
}

const making = new Set() // ids, until the run that makes them is carried out

function make(id, number, ownerId, parentId, node, models) {
  const definition = definitions[number]
  const self = create(definition.proto)
  const owner = all.get(ownerId)
  const { page } = owner[S]
  give(self, { id, definition, owner, parent: all.get(parentId), page, node, models, attached: false, chain: null, watch: undefined,
    facts: undefined, links: undefined, tied: undefined, later: undefined, attaching: false, listener: undefined,
    data: definition.quiet ? undefined : copyData(definition), unread: definition.quiet, given: undefined })
  page[S].components.add(self)
  making.add(id)
}

/**
 * The data of a component whose script has no say in what its owner gives it stay in C until they are asked for. From then
 * on what they are is told as with all others.
 */
function readData(state) {
  state.unread = false
  state.data = copyData(state.definition)
  const given = state.given ?? send('read', state.id)
  if (given) Object.assign(state.data, unmark(given))
  return state.data
}

/** Properties that the owner's template has set. */
function takeProperties(self, given) {
  const state = self[S]
  const { definition } = state
  if (state.unread) { // it goes: the last that is known of them
    state.given = given
    return
  }
  const values = unmark(given)
  const names = keys(values)
  const watch = []
  for (const name of names) {
    const property = definition.properties.get(name)
    if (property.observer && self.data[name] !== values[name]) watch.push(property, values[name], self.data[name])
    self.data[name] = values[name]
  }
  if (definition.observers.length === 0) {
    if (watch.length) state.watch = watch
    return
  }
  const more = observe(self, state, names.map((name) => [name]))
  sendData(state, more.patches, more.callbacks.length ? pin(() => { for (const fn of more.callbacks) guard(fn, self, []) }) : 0)
  for (let i = 0; i < watch.length; i += 3) tellObserver(self, watch[i], watch[i + 1], watch[i + 2])
  tellWatchers(self, state, more.watch)
}

function attach(self) {
  const state = self[S]
  const owner = state.owner && state.owner[S]
  if (owner && (owner.attaching || !owner.attached)) { // its owner comes first, and hears first of its own place
    owner.later ??= []
    owner.later.push(self)
    return
  }
  state.attached = true
  state.attaching = true
  callLifetime(self, 'attached')
  if (state.definition.relations.size) link(self, false)
  state.attaching = false
  state.page[S].fresh.push(self)
  attachLater(state)
}

function attachLater(state) {
  const { later } = state
  if (!later) return
  state.later = undefined
  for (const other of later) if (all.has(other[S].id)) attach(other)
}

function detach(self) {
  if (!self[S].attached) return // it goes before it has come
  self[S].attached = false
  callLifetime(self, 'detached')
  if (self[S].definition.relations.size) link(self, true)
}

function drop(id) {
  const self = all.get(id)
  if (!self) return
  all.delete(id)
  self[S].page[S].components.delete(self)
}

const each = (ids, fn) => {
  for (const id of ids) {
    const self = all.get(id)
    if (self) fn(self)
  }
}

/** See enum instance_step. */
function carry(steps) {
  for (let i = 0; i < steps.length;) {
    const self = all.get(steps[i + 1])
    switch (steps[i]) {
      case 1:
        make(steps[i + 1], steps[i + 2], steps[i + 3], steps[i + 4], steps[i + 5], steps[i + 6])
        i += 7
        break
      case 2:
        if (self) callLifetime(self, 'created')
        i += 2
        break
      case 3:
        if (self) takeProperties(self, steps[i + 2])
        i += 3
        break
      case 4: {
        const watch = self?.[S].watch
        if (watch) {
          self[S].watch = undefined
          for (let k = 0; k < watch.length; k += 3) tellObserver(self, watch[k], watch[k + 1], watch[k + 2])
        }
        i += 2
        break
      }
      case 5:
        making.clear()
        each(steps[i + 1], attach)
        i += 2
        break
      case 6:
        each(steps[i + 1], detach)
        i += 2
        break
      case 7:
        for (const id of steps[i + 1]) drop(id)
        i += 2
        break
      case 9:
        if (self) self[S].facts = steps[i + 2]
        i += 3
        break
      case 8:
        each(steps[i + 1], (moved) => {
          callLifetime(moved, 'moved')
          if (moved[S].definition.relations.size) link(moved, false)
        })
        i += 2
        break
      default:
        return
    }
  }
  making.clear()
}

/** After the first frame that shows them. */
function framed(id) {
  const page = all.get(id)
  if (!page) return
  for (const self of page[S].fresh.splice(0)) if (self[S].attached) callLifetime(self, 'ready')
}

function readyPage(page) {
  callLifetime(page, 'ready')
}

// --- pages --------------------------------------------------------------------------------------

/** The instance of a page made by Page() or Component(); its first data, or null when nobody registered it. */
function createPage(id, number, query) {
  const definition = definitions[number]
  if (!definition) return null
  const page = create(definition.kind === 'page' ? definition.proto : definition.pageProto ??= pageOf(definition))
  const state = { id, definition, owner: undefined, parent: undefined, page, node: 0, models: 0, attached: false, chain: null,
    components: new Set(), fresh: [], links: undefined, attaching: false, listener: undefined }
  give(page, state)
  if (definition.kind === 'page') kit.fillPage(page, definition.source)
  own(page, 'data', copyData(definition))
  page.route = definition.path
  page.__route__ = definition.path
  page.options = query
  hidden(page, '__wxExparserNodeId__', String(id))
  for (const name of keys(query)) {
    const property = definition.properties.get(name)
    if (property) page.data[name] = convert(property, query[name], definition.path)
  }
  const out = {}
  for (const name of keys(page.data)) if (!definition.pure?.test(name)) out[name] = page.data[name]
  return needsMarks(out, { left: 5000 }) ? JSON.parse(stringify(out, mark)) : out
}

function pageOf(definition) {
  const made = create(pageProto)
  for (const name of keys(definition.methods)) made[name] = definition.methods[name]
  return made
}

function startPage(id, steps, attached, tabBar) {
  const page = all.get(id)
  if (!page) return
  if (steps) carry(steps)
  page[S].tabBar = all.get(tabBar)
  callLifetime(page, 'created')
  page[S].attached = true
  callLifetime(page, 'attached')
  each(attached, attach)
  attachLater(page[S])
}

function dropPage(id, steps) {
  if (steps) carry(steps)
  const page = all.get(id)
  if (!page) return
  callLifetime(page, 'detached')
  for (const self of page[S].components) all.delete(self[S].id)
  all.delete(id)
}

const pageEvents = { onShow: 'show', onHide: 'hide', onResize: 'resize' }

/** What the page's components hear of the page. */
function tellComponents(page, name, args) {
  const lifetime = pageEvents[name]
  if (!lifetime) return
  callPageLifetime(page, lifetime, args)
  for (const self of [...page[S].components]) if (self[S].attached) callPageLifetime(self, lifetime, args)
}

// --- events -------------------------------------------------------------------------------------

/** An event handler; what it returns goes back (an input's handler may replace the text). */
function handleEvent(id, name, event) {
  const self = all.get(id)
  if (!self) return undefined
  if (typeof self[name] !== 'function') {
    console.warn(`Component "${self[S].definition.path}" does not have a method "${name}" to handle event "${event.type}".`)
    return undefined
  }
  return guard(self[name], self, [event])
}

function triggerEvent(self, name, detail, options) {
  const flags = (options?.bubbles ? 1 : 0) + (options?.composed ? 2 : 0) + (options?.capturePhase ? 4 : 0)
  const calls = send('trigger', self[S].id, String(name), flags)
  for (let i = 0; i < calls.length; i += 3) {
    const event = calls[i + 2]
    event.detail = detail
    handleEvent(calls[i], calls[i + 1], event)
  }
}

/** model:value="{{path}}" of a built-in component. */
function writeModel(id, path, value) {
  const self = all.get(id)
  if (self) update(self, { [path]: value })
}

// --- what every instance has --------------------------------------------------------------------

/** As others see the component: its export, when it has one. */
function exported(self) {
  if (self[S].unread) readData(self[S])
  const fn = self[S].definition.export
  if (!fn) return self
  const result = guard(fn, self, [])
  return result === undefined ? self : result
}

const facts = (self) => self[S].facts ?? send('facts', self[S].id) ?? { id: '', dataset: {} }
const own = (self, name, value) => defineProperty(self, name, { value, writable: true, enumerable: true, configurable: true })
const routes = ['switchTab', 'reLaunch', 'redirectTo', 'navigateTo', 'navigateBack']

function makeRouter(base) {
  const router = {}
  for (const name of routes) {
    router[name] = (options) => {
      const url = options?.url
      return kit.wx[name](typeof url === 'string' ? { ...options, url: url.startsWith('/') ? url : `/${joinPath(base, url)}` } : options)
    }
  }
  return router
}

proto = {
  get is() { return this[S].definition.path },
  set is(value) { own(this, 'is', value) },
  get id() { return this[S].owner ? facts(this).id : '' },
  set id(value) { own(this, 'id', value) },
  get dataset() { return this[S].owner ? facts(this).dataset : {} },
  set dataset(value) { own(this, 'dataset', value) },
  get data() {
    const state = this[S]
    return state.unread ? readData(state) : state.data
  },
  set data(value) {
    if (this[S].unread) readData(this[S])
    this[S].data = value
  },
  get properties() { return this.data },
  set properties(value) { own(this, 'properties', value) },
  get router() { return makeRouter(this[S].definition.path) },
  set router(value) { own(this, 'router', value) },
  get pageRouter() { return makeRouter(this[S].page[S].definition.path) },
  set pageRouter(value) { own(this, 'pageRouter', value) },
  get renderer() { return 'webview' },
  set renderer(value) { own(this, 'renderer', value) },
  setData(patch, callback) { update(this, patch, callback) },
  updateData(patch) { update(this, patch) },
  hasBehavior(behavior) { return this[S].definition.behaviors.has(behavior) },
  triggerEvent(name, detail, options) { triggerEvent(this, name, detail, options) },
  createSelectorQuery() { return kit.wx.createSelectorQuery().in(this) },
  createIntersectionObserver(options) { return kit.wx.createIntersectionObserver(this, options) },
  createMediaQueryObserver() { return kit.wx.createMediaQueryObserver(this) },
  selectComponent(selector) {
    const [id] = send('select', this[S].id, String(selector), false)
    return all.has(id) ? exported(all.get(id)) : null
  },
  selectAllComponents(selector) {
    return send('select', this[S].id, String(selector), true).filter((id) => all.has(id)).map((id) => exported(all.get(id)))
  },
  selectOwnerComponent() {
    const { owner } = this[S]
    if (owner && owner[S].unread) readData(owner[S])
    return owner ?? null
  },
  animate(selector, keyframes, duration, given) {
    const callback = typeof given === 'function' ? given : undefined
    const timeline = typeof given === 'object' && given !== null ? given : undefined
    const frames = isArray(keyframes) ? keyframes : [keyframes]
    send('animate', this[S].id, String(selector), frames, Number(duration) || 0, timeline, callback ? pin(callback.bind(this)) : 0)
  },
  clearAnimation(selector, given, last) {
    const callback = typeof given === 'function' ? given : last
    const options = typeof given === 'object' && given !== null ? given : undefined
    send('clearAnimation', this[S].id, String(selector), options, typeof callback === 'function' ? pin(callback.bind(this)) : 0)
  },
  applyAnimatedStyle() { console.warn('applyAnimatedStyle:fail only the Skyline renderer has it') },
  clearAnimatedStyle() { console.warn('clearAnimatedStyle:fail only the Skyline renderer has it') },
  getRelationNodes(key) { return getRelationNodes(this, key) },
  groupSetData(fn) { if (typeof fn === 'function') guard(fn, this, []) },
  groupUpdates(fn) { return typeof fn === 'function' ? guard(fn, this, []) : undefined },
  replaceDataOnPath(path, value) {
    const state = this[S]
    state.scheduled ??= []
    state.scheduled.push([path, value])
  },
  applyDataUpdates() {
    const { scheduled } = this[S]
    if (!scheduled) return
    this[S].scheduled = undefined
    const patch = {}
    for (const [path, value] of scheduled) {
      patch[path.map((step, i) => (typeof step === 'number' ? `[${step}]` : (i ? '.' : '') + String(step).replace(/[.[\]\\]/g, '\\$&'))).join('')] = value
    }
    update(this, patch)
  },
  getPageId() { return `pageId:${this[S].page[S].id}` },
  getTabBar() { return this[S].page[S].tabBar ?? null },
  getAppBar() { return null },
  setUpdatePerformanceListener(options, fn) {
    this[S].listener = typeof fn === 'function' ? { withDataPaths: !!options?.withDataPaths, fn } : undefined
  },
  setInitialRenderingCache() {},
  getPassiveEvent(fn) { if (typeof fn === 'function') guard(fn, this, [this[S].passive ?? {}]) },
  setPassiveEvent(value) { this[S].passive = value },
}
for (const name of ['setData', 'triggerEvent', 'selectComponent']) named(proto[name], name)
pageProto = create(proto)
defineProperty(pageProto, 'getOpenerEventChannel', {
  value() { return this.__channel ?? new kit.EventChannel() }, enumerable: false, configurable: true, writable: true,
})

/** How C knows an instance. */
const reference = (value) => {
  const state = value[S]
  return state && { $instance: state.page[S].id, $node: state.node }
}

/** For a logic layer that sets single components on a stage (app/stage.c). */
const stage = { carry, each, attach, detach, making, callLifetime, callPageLifetime, state: (self) => self[S], marked: (value) => JSON.parse(stringify(value, mark)) }

return {
  Component, Behavior, reference, stage,
  Page: (options) => register('page', options),
  instance: (id) => all.get(id),
  propertyNames: (self) => [...self[S].definition.properties.keys()],
  define(path) { defining = path },
  update,
  tellComponents, readyPage,
  calls: { describe, createPage, startPage, dropPage, framed, handleEvent, writeModel },
}
}
})
