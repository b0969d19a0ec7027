'use strict'
// What the engine shows of a page, as elements of the test's document (jsdom): made from its tree, and kept like it.

const builtIn = require('./template')

const withoutRpx = (style) => String(style).replace(/(\d+)rpx/gi, '$1px')

class Mirror {
  /** `page`: the number of the page in the engine. */
  constructor(stage, page) {
    this.stage = stage
    this.page = page
    this.dirty = true
    this.roots = []
    this.nodes = new Map() // number -> what the tree says of it
    this.hosts = new Map() // component -> the same of its host
    this.elements = null // number -> element or text, once somebody has looked
    this.numbers = new WeakMap() // and back
  }

  /** The tree as the engine has it now. */
  tree() {
    if (this.dirty) {
      this.dirty = false
      this.roots = this.stage.logic.link.ask('stageTree', [this.page])
      this.nodes.clear()
      this.hosts.clear()
      const list = (nodes) => {
        for (const node of nodes) {
          this.nodes.set(node.id, node)
          if (node.instance) this.hosts.set(node.instance, node)
          if (node.children) list(node.children)
          if (node.spare) list(node.spare)
        }
      }
      list(this.roots)
    }
    return this.roots
  }

  node(number) {
    this.tree()
    return this.nodes.get(number)
  }

  element(number) {
    if (!this.elements) {
      this.elements = new Map()
      this.dirty = true
    }
    this.sync()
    return this.elements.get(number)
  }

  numberOf(element) {
    return this.numbers.get(element)
  }

  /** What has changed in the engine is changed in the document. */
  sync() {
    if (!this.elements || !this.dirty) return
    const before = this.elements
    this.elements = new Map()
    for (const node of this.tree()) this.build(node, before)
  }

  keep(node, before, make) {
    const element = before.get(node.id) || make()
    this.elements.set(node.id, element)
    this.numbers.set(element, node.id)
    return element
  }

  build(node, before) {
    if (node.text !== undefined) {
      const text = this.keep(node, before, () => document.createTextNode(node.text))
      if (text.data !== node.text) text.data = node.text
      return [text]
    }
    const isRoot = this.roots[0] === node
    if (node.spare) node.spare.forEach((child) => this.build(child, before)) // elements that stand nowhere
    if (node.hollow && !isRoot) return node.children.flatMap((child) => this.build(child, before))
    const element = this.keep(node, before, () => document.createElement(node.hollow ? 'virtual' : this.tagOf(node, isRoot)))
    this.setAttributes(element, node)
    const children = node.children.flatMap((child) => this.build(child, before))
    children.forEach((child, i) => {
      if (element.childNodes[i] !== child) element.insertBefore(child, element.childNodes[i] || null)
    })
    while (element.childNodes.length > children.length) element.removeChild(element.lastChild)
    return [element]
  }

  tagOf(node, isRoot) {
    return isRoot ? this.stage.rootTag(node) : this.stage.tagOf(node)
  }

  setAttributes(element, node) {
    const set = (name, value) => {
      const written = element.hasAttribute(name) || (name === 'style' && name in node.written)
      if ((value || written) && element.getAttribute(name) !== value) element.setAttribute(name, value)
    }
    const names = this.stage.namesOf(this, node)
    for (const name of names.concat('class', 'style')) {
      if (name === 'class') set(name, this.stage.classesOf(this, node))
      else if (name === 'style') set(name, withoutRpx(node.style))
      else if (name.startsWith('data-')) element.setAttribute(name, node.written[name])
    }
  }
}

/** Is the element's content that of the HTML? White space between tags does not count. */
function match(dom, html) {
  if (!(dom instanceof window.Element) || !html || typeof html !== 'string') return false
  const [left, right] = [dom.cloneNode(), dom.cloneNode()]
  left.innerHTML = dom.innerHTML
  right.innerHTML = html.trim().replace(/>\s+</g, '><')
  return left.isEqualNode(right)
}

/** In `times` steps, each an event a turn later. */
function scroll(component, destination = 0, times = 20, property = 'scrollTop') {
  if (!component || !component.dom) throw new Error('invalid params')
  const { dom } = component
  const count = typeof times === 'number' && times > 0 ? times : 1
  const end = Math.max(0, destination)
  const step = Math.trunc((end - dom[property]) / count)
  for (let i = 0; i < count; i += 1) {
    setTimeout(() => {
      dom[property] = i === count - 1 ? end : dom[property] + step
      dom.dispatchEvent(new window.Event('scroll', { bubbles: true, cancelable: false }))
    }, 0)
  }
}

module.exports = { Mirror, match, scroll, builtIn }
