import { fill, h } from '../dom.js'

const PAUSE = 300 // ms between two looks at a page that changes

/** The page's elements as they are shown, and what an element looks like. */
export default {
  id: 'wxml',
  title: { zh: 'WXML', en: 'WXML' },
  mount(root, { phone, say }) {
    const tree = h('div', { class: 'wxml', role: 'tree', 'aria-label': say({ zh: '节点树', en: 'Elements' }), tabindex: '0' })
    const style = h('div', { class: 'style-pane' })
    const pick = h('button', { type: 'button', onclick: choose }, say({ zh: '选取节点', en: 'Pick an element' }))
    root.append(h('div', { class: 'tools' }, pick, h('button', { type: 'button', onclick: () => load() }, say({ zh: '刷新', en: 'Refresh' }))),
      h('div', { class: 'split' }, tree, style))
    const open = new Set()
    const rows = new Map() // node -> its row
    let chosen = 0
    let shown = ''
    let timer
    let visible = false

    function label(row) {
      const attributes = Object.entries(row.attributes ?? {}).map(([name, value]) => [' ', h('span', { class: 'name' }, name),
        value === true ? '' : h('span', { class: 'text' }, `="${typeof value === 'string' ? value : JSON.stringify(value)}"`)])
      return [h('span', { class: row.component ? 'tag own' : 'tag' }, `<${row.tag}`), attributes, h('span', { class: 'tag' }, '>')]
    }

    function element(row, depth) {
      if (row.text !== undefined) return h('div', { class: 'node words', role: 'treeitem', 'aria-level': depth }, row.text)
      const children = row.children ?? []
      const inside = h('div', { role: 'group', hidden: !open.has(row.node) && depth > 3 })
      const toggle = () => {
        inside.hidden = !inside.hidden
        if (inside.hidden) open.delete(row.node)
        else open.add(row.node)
        line.setAttribute('aria-expanded', String(!inside.hidden))
      }
      const line = h('div', { class: 'node', role: 'treeitem', tabindex: '-1', 'aria-level': depth, 'aria-selected': String(row.node === chosen),
        'aria-expanded': children.length ? String(!inside.hidden) : null,
        onclick: (event) => { event.stopPropagation(); select(row.node) },
        ondblclick: toggle,
        onkeydown: (event) => key(event, row, inside, toggle),
        onmouseenter: () => point(row.node),
        onmouseleave: () => phone.highlight(null) },
      children.length ? h('span', { class: 'arrow', 'aria-hidden': 'true', onclick: (event) => { event.stopPropagation(); toggle() } }, '▸') : h('span', { class: 'arrow' }),
      label(row))
      line.style.paddingLeft = `${depth * 12}px`
      rows.set(row.node, line)
      fill(inside, children.map((child) => element(child, depth + 1)))
      return [line, inside]
    }

    function key(event, row, inside, toggle) {
      const lines = [...tree.querySelectorAll('.node[tabindex]')].filter((line) => line.offsetParent)
      const at = lines.indexOf(event.currentTarget)
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
      if (step) lines[at + step]?.focus()
      else if (event.key === 'Enter') select(row.node)
      else if ((event.key === 'ArrowRight' && inside.hidden) || (event.key === 'ArrowLeft' && !inside.hidden)) toggle()
      else return
      event.preventDefault()
    }

    async function load() {
      const found = await phone.call('Inspect.getTree').catch(() => null)
      if (!found) return
      const text = JSON.stringify(found)
      if (text === shown) return
      shown = text
      rows.clear()
      const focused = tree.contains(document.activeElement)
      fill(tree, found.children.map((row) => element(row, 1)))
      for (const line of rows.values()) { line.tabIndex = 0; break }
      if (focused) rows.get(chosen)?.focus()
    }

    async function point(node) {
      const { box } = await phone.call('Inspect.getStyle', { node }).catch(() => ({}))
      phone.highlight(box?.rect ?? null)
    }

    async function select(node) {
      rows.get(chosen)?.setAttribute('aria-selected', 'false')
      chosen = node
      rows.get(node)?.setAttribute('aria-selected', 'true')
      const found = await phone.call('Inspect.getStyle', { node }).catch((error) => ({ error }))
      if (found.error) fill(style, h('p', { class: 'wrong' }, found.error.message))
      else look(node, found)
    }

    function look(node, { rules, inline, computed, box }) {
      const own = h('textarea', { rows: 3, 'aria-label': say({ zh: '内联样式', en: 'Inline style' }), value: inline })
      own.addEventListener('input', () => phone.call('Inspect.setStyle', { node, text: own.value }).then(() => phone.highlight(null), () => {}))
      const edges = (list) => (list ? list.map((side) => Math.round(side * 100) / 100).join(' ') : '–')
      fill(style, h('h2', {}, 'element.style'), own,
        [...rules].reverse().map((rule) => h('section', { class: rule.builtin ? 'rule builtin' : 'rule' },
          h('div', {}, h('code', {}, rule.selector), ' ', h('span', { class: 'place' }, rule.builtin ? say({ zh: '内置', en: 'built in' }) : `${rule.file}:${rule.line}`)),
          h('pre', {}, rule.declarations.trimEnd()))),
        h('h2', {}, say({ zh: '盒模型', en: 'Box' })),
        h('dl', { class: 'box' }, h('dt', {}, say({ zh: '位置与大小', en: 'Place and size' })), h('dd', {}, `${box.rect.x} ${box.rect.y} · ${box.rect.width} × ${box.rect.height}`),
          ['margin', 'border', 'padding'].map((name) => [h('dt', {}, name), h('dd', {}, edges(box[name]))])),
        h('details', {}, h('summary', {}, say({ zh: '计算后的样式', en: 'Computed' })), h('pre', {}, computed)))
    }

    async function choose() {
      pick.setAttribute('aria-pressed', 'true')
      const at = await phone.pick()
      pick.setAttribute('aria-pressed', 'false')
      if (!at) return
      const { node } = await phone.call('Inspect.nodeAt', at)
      await load()
      for (let line = rows.get(node); line && line !== tree; line = line.parentElement) if (line.getAttribute('role') === 'group') line.hidden = false
      rows.get(node)?.scrollIntoView({ block: 'nearest' })
      select(node)
    }

    const later = () => {
      if (!visible || timer) return
      timer = setTimeout(() => { timer = null; load() }, PAUSE)
    }
    phone.element.addEventListener('shown', later)
    return {
      show() { visible = true; load() },
      hide() { visible = false; phone.highlight(null) },
      destroy() { visible = false; clearTimeout(timer); phone.element.removeEventListener('shown', later) },
    }
  },
}
