import { fill, h } from '../dom.js'
import { happenings, watch } from './happenings.js'
import { valueTree } from './tree.js'

/** A list of calls and what became of the chosen one; `which` says which calls. */
export function callsPanel({ id, title, which, columns, detail }) {
  return {
    id,
    title,
    mount(root, { phone, say }) {
      const gathered = happenings(phone)
      const filter = h('input', { type: 'search', 'aria-label': say({ zh: '筛选', en: 'Filter' }), placeholder: say({ zh: '筛选', en: 'Filter' }), oninput: () => draw() })
      const rows = h('tbody')
      const more = h('div', { class: 'detail' })
      root.append(h('div', { class: 'tools' }, filter, h('button', { type: 'button', onclick: () => { gathered.calls.length = 0; fill(more); draw() } }, say({ zh: '清空', en: 'Clear' }))),
        h('div', { class: 'split' }, h('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': say(title) },
          h('table', {}, h('thead', {}, h('tr', {}, columns.map(({ name }) => h('th', {}, say(name))))), rows)), more))
      let chosen = null
      const known = new Map()
      function line(call) {
        if (!known.has(call)) {
          const show = () => { chosen = call; fill(more, detail(call, { say, phone, valueTree })); draw() }
          known.set(call, h('tr', { tabindex: '0', onclick: show, onkeydown: (event) => { if (event.key === 'Enter') show() } }, columns.map(() => h('td'))))
        }
        const row = known.get(call)
        columns.forEach(({ of }, i) => { const text = String(of(call) ?? ''); if (row.children[i].textContent !== text) row.children[i].textContent = text })
        row.className = `${call.ended && !call.ok ? 'wrong' : ''} ${call === chosen ? 'chosen' : ''}`
        return row
      }
      function draw() {
        if (root.hidden) return
        const wanted = filter.value.toLowerCase()
        const list = gathered.calls.filter((call) => which(call) && (!wanted || JSON.stringify([call.name, call.parameters]).toLowerCase().includes(wanted)))
        fill(rows, list.slice(-500).map(line))
      }
      const off = watch(phone, draw)
      return { show: draw, destroy: off }
    },
  }
}

export default callsPanel({
  id: 'calls',
  title: { zh: 'API 调用', en: 'API calls' },
  which: () => true,
  columns: [
    { name: { zh: '接口', en: 'call' }, of: (call) => `wx.${call.name}` },
    { name: { zh: '参数', en: 'arguments' }, of: (call) => JSON.stringify(call.parameters)?.slice(0, 120) },
    { name: { zh: '结果', en: 'result' }, of: (call) => (call.ended ? call.result?.errMsg ?? JSON.stringify(call.result)?.slice(0, 80) ?? 'ok' : '…') },
    { name: { zh: '耗时', en: 'time' }, of: (call) => (call.ended ? `${call.ms.toFixed(0)} ms` : '') },
  ],
  detail: (call, { say, valueTree: tree }) => [h('h2', {}, `wx.${call.name}`), h('h3', {}, say({ zh: '参数', en: 'Arguments' })), tree(call.parameters ?? null, { open: true }),
    h('h3', {}, say({ zh: '结果', en: 'Result' })), call.ended ? tree(call.result ?? null, { open: true }) : h('p', {}, '…')],
})
