import { fill, h } from '../dom.js'

/** A value as a tree that opens: objects and lists by their keys, at most so many at once. `edit(path, value)` makes leaves editable. */
const MOST = 200

export function valueTree(value, { name = '', path = '', edit = null, open = false } = {}) {
  if (typeof value !== 'object' || value === null) return leaf(value, name, path, edit)
  const list = Array.isArray(value)
  const keys = Object.keys(value)
  const details = h('details', { open }, h('summary', {}, h('span', { class: 'key' }, name && `${name}: `), `${list ? `[${value.length}]` : preview(value)}`))
  const build = () => {
    if (details.childElementCount > 1) return
    for (const key of keys.slice(0, MOST)) {
      const inner = list ? `${path}[${key}]` : path ? `${path}.${key}` : key
      details.append(valueTree(value[key], { name: key, path: inner, edit }))
    }
    if (keys.length > MOST) details.append(h('div', { class: 'muted' }, `… ${keys.length - MOST}`))
  }
  if (open) build()
  details.addEventListener('toggle', build)
  return details
}

function preview(value) {
  const text = Object.entries(value).slice(0, 4).map(([key, item]) => `${key}: ${typeof item === 'object' && item !== null ? (Array.isArray(item) ? '[…]' : '{…}') : JSON.stringify(item)}`).join(', ')
  return `{${text.length > 80 ? `${text.slice(0, 80)}…` : text}}`
}

function leaf(value, name, path, edit) {
  const text = value === undefined ? 'undefined' : JSON.stringify(value)
  const shown = h('span', { class: `value ${typeof value}` }, text)
  const row = h('div', { class: 'leaf' }, h('span', { class: 'key' }, name && `${name}: `), shown)
  if (!edit) return row
  const button = h('button', { type: 'button', class: `value ${typeof value}`, 'aria-label': `${path} = ${text}` }, text)
  shown.replaceWith(button)
  button.addEventListener('click', () => {
    const input = h('input', { value: text, 'aria-label': path, size: Math.max(8, text.length + 2) })
    let ended = false
    const end = () => { // once: what takes it away takes the focus from it, too
      if (!ended) {
        ended = true
        input.replaceWith(button)
      }
    }
    input.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') end()
      if (event.key !== 'Enter') return
      let given
      try { given = JSON.parse(input.value) } catch { given = input.value }
      fill(button, JSON.stringify(given))
      end()
      button.focus()
      edit(path, given)
    })
    input.addEventListener('blur', end)
    button.replaceWith(input)
    input.focus()
    input.select()
  })
  return row
}
