'use strict'
// What mina sees as a mini program: the components that were loaded, each under a path of its own ("3/home/me/lib/button/index"
// is the file /home/me/lib/button/index of the third load), a blank page as the stage, and definitions that have no files.
const fs = require('fs')
const path = require('path')
const { findModule } = require('./modules')
const { normalize } = require('./template')

const readText = (file) => {
  try {
    return fs.readFileSync(file, 'utf8')
  } catch (error) {
    return null
  }
}

function readJson(file) {
  try {
    return JSON.parse(readText(file))
  } catch (error) {
    return null
  }
}

let number = Date.now()
/** As miniprogram-simulate makes them: letters alone, for an id is a tag name and a selector, too. */
function newId() {
  number += 1
  return String(number).split('').map((digit) => 'abcdefghij'[digit]).join('')
}

class Package {
  constructor() {
    this.entries = new Map() // id -> entry
    this.byPath = new Map() // path as mina sees it -> entry
    this.texts = new Map([
      ['app.json', '{"pages":["stage"],"sitemapLocation":"sitemap.json"}'], ['sitemap.json', '{"rules":[]}'], ['app.js', ' '],
      ['stage.js', ' '], ['stage.wxml', ' '], ['stage.json', '{}'],
    ])
    this.roots = [] // rootPath of each load, the latest first
    this.loads = 0
  }

  add(entry) {
    this.entries.set(entry.id, entry)
    this.byPath.set(entry.path, entry)
    this.texts.set(`${entry.path}.js`, ' ')
    return entry
  }

  /** `using`: tag -> path. Components with an id of their own are there for all, also those that come later. */
  setJson(entry, json, using) {
    entry.json = () => {
      const usingComponents = {}
      for (const other of Array.from(this.entries.values())) if (other.global && other !== entry) usingComponents[other.id] = `/${other.path}`
      return JSON.stringify({ ...json, component: true, usingComponents: { ...usingComponents, ...using } })
    }
  }

  /** The file on this machine behind a path of mina's. */
  fileOf(name) {
    const mount = /^\d+(\/.*)$/.exec(name)
    return mount ? mount[1] : null
  }

  read(name) {
    if (this.texts.has(name)) return this.texts.get(name)
    const entry = name.endsWith('.json') ? this.byPath.get(name.slice(0, -5)) : undefined
    if (entry) return entry.json()
    const file = this.fileOf(name)
    if (file) return this.readStyled(name, file)
    for (const root of this.roots) { // "/a" counts from rootPath
      const text = readText(path.join(root, name))
      if (text !== null) return text
    }
    return null
  }

  /** A sheet may be written in Less, as `less: true` says. */
  readStyled(name, file) {
    const text = readText(file)
    const entry = text !== null && name.endsWith('.wxss') ? this.byPath.get(name.slice(0, -5)) : undefined
    if (!entry || !entry.less) return text
    const less = findModule('less')
    let css = text
    if (less) less.render(text, { syncImport: true, filename: file }, (error, output) => { if (!error) css = output.css })
    return css
  }

  has(name) {
    if (this.texts.has(name) || (name.endsWith('.json') && this.byPath.has(name.slice(0, -5)))) return true
    const file = this.fileOf(name)
    const isFile = (at) => {
      try {
        return fs.statSync(at).isFile()
      } catch (error) {
        return false
      }
    }
    return file ? isFile(file) : this.roots.some((root) => isFile(path.join(root, name)))
  }
}

/** A component of files, and those that it uses. `scripts` gets [entry, file] in the order in which they are to be run. */
function registerFiles(all, file, tagName, load) {
  if (load.seen.has(file)) return load.seen.get(file)
  const json = readJson(`${file}.json`)
  const entry = { id: newId(), tagName, file: path.resolve(file), path: `${load.number}${path.resolve(file)}`, strict: true, less: load.options.less, used: {} }
  load.seen.set(file, entry)
  if (!json) throw new Error(`invalid componentPath: ${file}`)
  const using = { ...json.usingComponents, ...load.options.usingComponents }
  const mapped = {}
  for (const tag of Object.keys(using)) {
    const value = using[tag]
    const known = all.entries.get(value)
    if (known) mapped[tag] = `/${known.path}`
    if (known || typeof value !== 'string') continue
    const at = path.isAbsolute(value) ? path.join(load.options.rootPath, value) : path.join(path.dirname(file), value)
    if (readText(`${at}.json`) === null) continue
    mapped[tag] = `/${registerFiles(all, at, tag, load).path}`
  }
  all.add(entry)
  all.setJson(entry, json, mapped)
  load.scripts.push(entry)
  return entry
}

/** One that is an object: `template` and the rest of what Component() takes. */
function registerObject(all, definition) {
  const { id, tagName, template, usingComponents = {} } = definition
  const mapped = {}
  for (const tag of Object.keys(usingComponents)) {
    const known = all.entries.get(usingComponents[tag])
    if (known) mapped[tag] = `/${known.path}`
  }
  all.loads += 1
  const entry = { id: id || newId(), global: !!id, tagName, path: `object/${all.loads}`, strict: false }
  const text = normalize(template, (tag) => tag in mapped || (all.entries.has(tag) && all.entries.get(tag).global))
  all.add(entry)
  all.texts.set(`${entry.path}.wxml`, text)
  all.setJson(entry, {}, mapped)
  return entry
}

module.exports = { Package, registerFiles, registerObject }
