import { fill, h } from '../dom.js'
import { valueTree } from './tree.js'

const PAUSE = 300

/** The data of the pages that are open; a value that is changed goes to the page by setData. */
export default {
  id: 'data',
  title: { zh: 'AppData', en: 'AppData' },
  mount(root, { phone, say }) {
    const place = h('div', { class: 'values' })
    root.append(h('p', { class: 'muted' }, say({ zh: '点击一个值进行修改，回车后立即 setData。', en: 'Click a value to change it; Enter calls setData.' })), place)
    let shown = ''
    let visible = false
    let timer
    async function load() {
      const { pages } = await phone.call('Inspect.getAppData').catch(() => ({ pages: [] }))
      const text = JSON.stringify(pages)
      if (text === shown || place.querySelector('input')) return
      shown = text
      fill(place, [...pages].reverse().map(({ pageId, path, data }) => h('section', {}, h('h2', {}, path),
        valueTree(data, { open: true, edit: (where, value) => phone.call('Inspect.setAppData', { pageId, data: { [where]: value } }).then(load) }))))
    }
    const later = () => {
      if (!visible || timer) return
      timer = setTimeout(() => { timer = null; load() }, PAUSE)
    }
    phone.element.addEventListener('shown', later)
    return {
      show() { visible = true; load() },
      hide() { visible = false },
      destroy() { visible = false; clearTimeout(timer); phone.element.removeEventListener('shown', later) },
    }
  },
}
