import { h } from '../dom.js'
import { valueTree } from './tree.js'

const MOST = 1000
// What evaluate gives back as JSON: functions, errors and cycles as words.
const describing = `function describe(v, seen) {
  if (typeof v === 'function') return 'ƒ ' + v.name + '()'
  if (typeof v === 'symbol' || typeof v === 'bigint') return String(v)
  if (v === undefined) return 'undefined'
  if (typeof v !== 'object' || v === null) return v
  if (v instanceof Error) return String(v) + '\\n' + v.stack
  if (seen.includes(v) || seen.length > 6) return seen.length > 6 ? '…' : '[circular]'
  const inside = seen.concat([v])
  if (Array.isArray(v)) return v.slice(0, 200).map(function (x) { return describe(x, inside) })
  const out = {}
  Object.keys(v).slice(0, 200).forEach(function (key) { try { out[key] = describe(v[key], inside) } catch (e) { out[key] = String(e) } })
  return out
}`

/** The program's console, and a line that runs in it. */
export default {
  id: 'console',
  title: { zh: 'Console', en: 'Console' },
  mount(root, { phone, say }) {
    const lines = h('div', { class: 'lines', role: 'log', tabindex: '0', 'aria-label': say({ zh: '控制台输出', en: 'Console output' }) })
    const level = h('select', { 'aria-label': say({ zh: '级别', en: 'Level' }), onchange: () => filterAll() },
      [['', say({ zh: '全部', en: 'All' })], ['error', 'error'], ['warn', 'warn'], ['info', 'info'], ['log', 'log'], ['debug', 'debug']].map(([value, text]) => h('option', { value }, text)))
    const wanted = h('input', { type: 'search', 'aria-label': say({ zh: '筛选', en: 'Filter' }), placeholder: say({ zh: '筛选', en: 'Filter' }), oninput: () => filterAll() })
    const input = h('input', { class: 'wide', 'aria-label': say({ zh: '在小程序中执行', en: 'Run in the program' }), placeholder: '>', autocomplete: 'off', spellcheck: 'false' })
    root.append(h('div', { class: 'tools' }, level, wanted, h('button', { type: 'button', onclick: () => lines.replaceChildren() }, say({ zh: '清空', en: 'Clear' }))), lines,
      h('form', { class: 'prompt', onsubmit: run }, input))
    const fits = (line) => (!level.value || line.dataset.level === level.value) && (!wanted.value || line.textContent.toLowerCase().includes(wanted.value.toLowerCase()))
    const filterAll = () => { for (const line of lines.children) line.hidden = !fits(line) }

    function add(kind, text, parts, place = '') {
      const last = lines.lastElementChild
      if (last && last.dataset.text === `${kind} ${text} ${place}` && kind !== 'in') {
        last.dataset.count = Number(last.dataset.count ?? 1) + 1
        last.querySelector('.count').textContent = last.dataset.count
        return
      }
      const end = lines.scrollTop + lines.clientHeight >= lines.scrollHeight - 20
      const line = h('div', { class: `line ${kind}`, 'data-level': kind, 'data-text': `${kind} ${text} ${place}` }, h('span', { class: 'count' }), h('span', { class: 'said' }, parts),
        h('span', { class: 'place' }, place))
      lines.append(line)
      line.hidden = !fits(line)
      while (lines.childElementCount > MOST) lines.firstChild.remove()
      if (end) lines.scrollTop = lines.scrollHeight
    }

    // the text comes first, and the arguments with their place right behind it
    let waiting = []
    let timer
    function flush() {
      clearTimeout(timer)
      for (const { level: kind, text, args, place } of waiting.splice(0)) {
        const deep = args?.some((arg) => typeof arg === 'object' && arg !== null)
        add(kind, text, deep ? args.map((arg) => (typeof arg === 'object' && arg !== null ? valueTree(arg) : h('span', {}, `${arg} `))) : text, place)
      }
    }
    const offs = [
      phone.on('App.logAdded', ({ args, place = '' }) => {
        const line = waiting.find((one) => !one.args)
        if (line) Object.assign(line, { args, place: place || line.place })
        if (waiting.every((one) => one.args)) flush()
      }),
      phone.on('Phone.console', ({ level: kind, text, file, line }) => {
        waiting.push({ level: kind, text, place: file ? `${file}:${line}` : '' })
        clearTimeout(timer)
        timer = setTimeout(flush, 50) // an error of the program's has no arguments
      }),
    ]
    const listen = () => phone.call('App.enableLog').catch(() => {})
    offs.push(phone.on('open', listen))
    listen()

    const history = []
    let at = 0
    async function run(event) {
      event.preventDefault()
      const code = input.value.trim()
      if (!code) return
      history.push(code)
      at = history.length
      input.value = ''
      add('in', code, `> ${code}`)
      const body = (text) => `function () { ${describing}; return Promise.resolve(${text}).then(function (v) { return describe(v, []) }) }`
      const call = (text) => phone.call('App.callFunction', { functionDeclaration: text, args: [] })
      try {
        const { result } = await call(body(`(${code}\n)`)).catch((error) => (/Unexpected|SyntaxError|expected/i.test(error.message) ? call(body(`(function () { ${code}\n })()`)) : Promise.reject(error)))
        add('out', '', typeof result === 'object' && result !== null ? valueTree(result, { open: true }) : h('span', { class: `value ${typeof result}` }, JSON.stringify(result) ?? 'undefined'))
      } catch (error) {
        add('error', error.message, error.message)
      }
    }
    input.addEventListener('keydown', (event) => {
      const step = { ArrowUp: -1, ArrowDown: 1 }[event.key]
      if (!step) return
      event.preventDefault()
      at = Math.min(history.length, Math.max(0, at + step))
      input.value = history[at] ?? ''
    })
    return { destroy: () => offs.forEach((off) => off()) }
  },
}
