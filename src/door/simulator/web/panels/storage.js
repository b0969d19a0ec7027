import { fill, h } from '../dom.js'

/** What wx.setStorage has kept: changed, added, removed, emptied. */
export default {
  id: 'storage',
  title: { zh: 'Storage', en: 'Storage' },
  mount(root, { phone, say }) {
    const rows = h('tbody')
    const total = h('output', {})
    const key = h('input', { placeholder: 'key', 'aria-label': 'key', required: true })
    const value = h('input', { placeholder: say({ zh: '值（JSON 或文字）', en: 'value (JSON or text)' }), 'aria-label': say({ zh: '值', en: 'value' }) })
    const parse = (text) => { try { return JSON.parse(text) } catch { return text } }
    const act = (method, params) => phone.call(method, params).then(load, (error) => { total.textContent = error.message })
    const form = h('form', { onsubmit: (event) => {
      event.preventDefault()
      act('Inspect.setStorageItem', { key: key.value, data: parse(value.value) }).then(() => form.reset())
    } }, key, ' ', value, ' ', h('button', {}, say({ zh: '添加', en: 'Add' })))
    root.append(h('div', { class: 'tools' }, h('button', { type: 'button', onclick: () => load() }, say({ zh: '刷新', en: 'Refresh' })),
      h('button', { type: 'button', onclick: () => act('Inspect.clearStorage', {}) }, say({ zh: '清空', en: 'Clear' })), total),
    h('table', {}, h('thead', {}, h('tr', {}, h('th', {}, 'key'), h('th', {}, say({ zh: '值', en: 'value' })), h('th', {}, say({ zh: '类型', en: 'type' })),
      h('th', {}, say({ zh: '操作', en: 'actions' })))), rows), form)
    async function load() {
      const { items = {}, bytes = 0, limit = 0 } = await phone.call('Inspect.getStorage').catch(() => ({}))
      total.textContent = `${Object.keys(items).length} · ${(bytes / 1024).toFixed(1)} / ${limit / 1024} kB`
      fill(rows, Object.entries(items).map(([name, data]) => {
        const field = h('input', { class: 'wide', 'aria-label': `${name}`, value: typeof data === 'string' ? data : JSON.stringify(data),
          onchange: () => act('Inspect.setStorageItem', { key: name, data: typeof data === 'string' ? field.value : parse(field.value) }) })
        return h('tr', {}, h('td', {}, name), h('td', {}, field), h('td', {}, Array.isArray(data) ? 'array' : data === null ? 'null' : typeof data),
          h('td', {}, h('button', { type: 'button', 'aria-label': `${say({ zh: '删除', en: 'Remove' })} ${name}`,
            onclick: () => act('Inspect.removeStorageItem', { key: name }) }, '×')))
      }))
    }
    const off = phone.on('Inspect.happened', ({ kind, name = '' }) => { if (kind === 'called' && /Storage/.test(name) && !root.hidden) load() })
    return { show: load, destroy: off }
  },
}
