'use strict'
// A component's sheets in the test's document, so that getComputedStyle() has something to say: with the class prefixes of the
// elements, rpx as px, and imports in place.
const path = require('path')
const { findModule } = require('./modules')

const importPattern = /@import\s+(?:url\()?["']?([^"')]+)["']?\)?\s*;/g

/** The sheet of a path of mina's with what it imports; one that imports itself ends there. */
function sheetText(all, name, seen = new Set()) {
  if (seen.has(name)) return ''
  seen.add(name)
  const text = all.read(name) || ''
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(importPattern, (line, spec) => {
    const at = spec.startsWith('/') ? spec.slice(1) : path.join(path.dirname(name), spec)
    return sheetText(all, at, seen)
  })
}

/** Classes of selectors get the prefix; what stands in declarations, or after a digit, is no class. */
function withPrefix(text, prefix) {
  let out = ''
  let from = 0
  for (let i = 0; i < text.length; i += 1) {
    const c = text[i]
    if (c !== '{' && c !== '}' && c !== ';') continue
    const piece = text.slice(from, i)
    const isSelector = c === '{' && !piece.trim().startsWith('@')
    out += (isSelector ? piece.replace(/(^|[^\d])\.([-_a-zA-Z][-\w]*)/g, `$1.${prefix}--$2`) : piece) + c
    from = i + 1
  }
  return out + text.slice(from)
}

/** Shorter, if there is csso: what getComputedStyle() says of "yellow" depends on it. */
function minify(text) {
  const csso = findModule('csso')
  try {
    return csso ? csso.minify(text, { restructure: false }).css : text
  } catch (error) {
    return text
  }
}

/** One <style> for a loaded component and those that it uses, the latest render's. */
function insertStyles(all, id, entries) {
  const text = entries.map((entry) => withPrefix(sheetText(all, `${entry.path}.wxss`), entry.tagName)).join('')
  for (const old of Array.from(document.querySelectorAll(`style#${id}`))) old.parentNode.removeChild(old)
  const style = document.createElement('style')
  style.type = 'text/css'
  style.id = id
  style.innerHTML = minify(text).replace(/(\d+)rpx/gi, '$1px')
  if (document.head) document.head.appendChild(style)
}

module.exports = { insertStyles }
