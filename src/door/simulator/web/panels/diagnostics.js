import { fill, h } from '../dom.js'

/** What was found wrong in the package and its scripts, with file, line and column. */
export default {
  id: 'diagnostics',
  title: { zh: '诊断', en: 'Diagnostics' },
  mount(root, { phone, say }) {
    const rows = h('tbody')
    const none = h('p', { class: 'muted' }, say({ zh: '没有发现问题。', en: 'Nothing was found.' }))
    const table = h('table', {}, h('thead', {}, h('tr', {}, h('th', {}, say({ zh: '位置', en: 'place' })), h('th', {}, say({ zh: '问题', en: 'what' })))), rows)
    root.append(none, table)
    async function load() {
      const { diagnostics = [] } = await phone.call('Mina.getDiagnostics').catch(() => ({}))
      none.hidden = diagnostics.length > 0
      table.hidden = !diagnostics.length
      fill(rows, diagnostics.map(({ error, file, line, column, text }) => h('tr', { class: error ? 'wrong' : 'warned' },
        h('td', {}, line ? `${file}:${line}:${column}` : file), h('td', {}, `${error ? say({ zh: '错误：', en: 'error: ' }) : say({ zh: '警告：', en: 'warning: ' })}${text}`))))
    }
    const off = phone.on('Phone.stateChanged', load)
    return { show: load, destroy: off }
  },
}
