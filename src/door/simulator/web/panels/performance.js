import { fill, h } from '../dom.js'
import { happenings, watch } from './happenings.js'

const BARS = 120

/** How long frames took, and what setData carried. */
export default {
  id: 'performance',
  title: { zh: '性能', en: 'Performance' },
  mount(root, { phone, say }) {
    const gathered = happenings(phone)
    const chart = h('canvas', { width: 720, height: 120, role: 'img', 'aria-label': say({ zh: '每帧耗时', en: 'Time of each frame' }) })
    const facts = h('dl', { class: 'box' })
    const rows = h('tbody')
    root.append(h('h2', {}, say({ zh: '每帧耗时（模板、样式、布局），线为 16.7 ms', en: 'Time of each frame (template, style, layout); the line is 16.7 ms' })), chart, facts,
      h('h2', {}, 'setData'), h('table', {}, h('thead', {}, h('tr', {}, [say({ zh: '页面', en: 'page' }), say({ zh: '大小', en: 'size' }), say({ zh: '耗时', en: 'time' })].map((text) => h('th', {}, text)))), rows))
    const middle = (list) => (list.length ? [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)] : 0)
    function draw() {
      if (root.hidden) return
      const context = chart.getContext('2d')
      const ink = getComputedStyle(root)
      const times = gathered.frames.slice(-BARS).map(({ ms }) => ms)
      context.clearRect(0, 0, chart.width, chart.height)
      const scale = chart.height / Math.max(20, ...times)
      times.forEach((ms, i) => {
        context.fillStyle = ink.getPropertyValue(ms > 16.7 ? '--wrong' : '--accent')
        context.fillRect(i * 6, chart.height - ms * scale, 5, ms * scale)
      })
      context.fillStyle = ink.getPropertyValue('--muted')
      context.fillRect(0, chart.height - 16.7 * scale, chart.width, 1)
      const sizes = gathered.patches.map(({ bytes }) => bytes)
      const fact = (name, text) => [h('dt', {}, say(name)), h('dd', {}, text)]
      fill(facts, fact({ zh: '画面', en: 'Pictures' }, `${phone.rate()} /s`), fact({ zh: '帧耗时中位数', en: 'Median frame' }, `${middle(times).toFixed(2)} ms`),
        fact({ zh: 'setData 次数', en: 'setData calls' }, gathered.patches.length), fact({ zh: 'setData 最大', en: 'Largest setData' }, `${(Math.max(0, ...sizes) / 1024).toFixed(1)} kB`))
      fill(rows, gathered.patches.slice(-50).reverse().map(({ page, bytes, ms }) => h('tr', { class: bytes > 262144 ? 'wrong' : null }, h('td', {}, page),
        h('td', {}, `${(bytes / 1024).toFixed(2)} kB`), h('td', {}, `${ms.toFixed(2)} ms`))))
    }
    const off = watch(phone, draw)
    return { show: draw, destroy: off }
  },
}
