import { caption } from './caption.js'
import { Chooser } from './chooser.js'
import { Desk } from './desk.js'
import { fill, h } from './dom.js'
import { panels } from './panels/index.js'
import { startDialog } from './start.js'
import { lang, say, setLanguage } from './words.js'

/** The panels of one phone: a list of tabs, and the panel that is chosen. */
class Panels {
  #mounted = new Map()
  #chosen = sessionStorage.getItem('mina.panel')

  constructor() {
    this.tabs = h('div', { class: 'tabs', role: 'tablist', 'aria-label': say({ zh: '面板', en: 'Panels' }) })
    this.body = h('div', { class: 'panel-body' })
    this.element = h('section', { class: 'panels', 'aria-label': say({ zh: '调试器', en: 'Inspector' }) }, this.tabs, this.body)
    this.tabs.addEventListener('keydown', (event) => this.#key(event))
    this.element.hidden = panels.length === 0
  }

  /** Shows those of another phone. */
  show(phone, desk) {
    for (const { handle, root } of this.#mounted.values()) {
      handle?.destroy?.()
      root.remove()
    }
    this.#mounted.clear()
    this.phone = phone
    this.desk = desk
    fill(this.tabs, panels.map((panel) => h('button', { role: 'tab', id: `tab-${panel.id}`, 'aria-controls': `panel-${panel.id}`, type: 'button',
      onclick: () => this.choose(panel.id) }, say(panel.title))))
    this.choose(panels.some(({ id }) => id === this.#chosen) ? this.#chosen : panels[0]?.id)
  }

  choose(id) {
    const panel = panels.find((one) => one.id === id)
    if (!panel || !this.phone) return
    this.#chosen = id
    sessionStorage.setItem('mina.panel', id)
    for (const [other, { handle, root }] of this.#mounted) {
      if (other !== id && !root.hidden) {
        root.hidden = true
        handle?.hide?.()
      }
    }
    for (const tab of this.tabs.children) {
      const on = tab.id === `tab-${id}`
      tab.setAttribute('aria-selected', String(on))
      tab.tabIndex = on ? 0 : -1
    }
    if (!this.#mounted.has(id)) {
      const root = h('div', { class: 'panel', role: 'tabpanel', id: `panel-${id}`, 'aria-labelledby': `tab-${id}`, tabindex: '0' })
      this.body.append(root)
      this.#mounted.set(id, { root, handle: panel.mount(root, { phone: this.phone, desk: this.desk, say }) })
    }
    const { root, handle } = this.#mounted.get(id)
    root.hidden = false
    handle?.show?.()
  }

  #key(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (!step || panels.length === 0) return
    const at = panels.findIndex(({ id }) => id === this.#chosen)
    const next = panels[(at + step + panels.length) % panels.length]
    this.choose(next.id)
    document.getElementById(`tab-${next.id}`).focus()
  }
}

/** Builds the project's packages, and tells what came of it. */
async function buildNpm(desk) {
  const list = h('ul')
  const dialog = h('dialog', { 'aria-label': say({ zh: '构建 npm', en: 'npm build' }) }, h('h2', {}, say({ zh: '构建 npm', en: 'npm build' })), list,
    h('form', { method: 'dialog' }, h('button', { autofocus: true }, say({ zh: '关闭', en: 'Close' }))))
  dialog.addEventListener('close', () => dialog.remove())
  document.body.append(dialog)
  list.append(h('li', {}, say({ zh: '正在构建…', en: 'Building…' })))
  dialog.showModal()
  try {
    const { packages, problems } = await desk.call('Desk.buildNpm')
    fill(list, packages.filter(({ files }) => files).map(({ name, version, place }) => h('li', {}, `${name} ${version} → ${place}`)),
      problems.map((text) => h('li', { class: 'wrong' }, text)))
  } catch (error) {
    fill(list, h('li', { class: 'wrong' }, error.message))
  }
}

/** The row of buttons over the phones. */
function bar(desk, current) {
  const button = (words, title, act) => h('button', { type: 'button', title: say(title), onclick: act }, say(words))
  return h('header', { class: 'bar' },
    h('h1', {}, 'mina'),
    h('div', { class: 'tools', role: 'toolbar', 'aria-label': say({ zh: '手机', en: 'Phone' }) },
      button({ zh: '返回', en: 'Back' }, { zh: '系统返回', en: "The system's back button" }, () => current()?.call('Phone.back')),
      button({ zh: '重新编译', en: 'Restart' }, { zh: '重新启动小程序', en: 'Start the program anew' }, () => current()?.call('Phone.restart')),
      button({ zh: '启动参数', en: 'Start with…' }, { zh: '以其他页面、参数、场景值启动', en: 'Start with another page, query or scene' }, () => current() && startDialog(current())),
      button({ zh: '构建 npm', en: 'Build npm' }, { zh: '把 package.json 的依赖构建到 miniprogram_npm', en: "Build package.json's dependencies into miniprogram_npm" },
        () => buildNpm(desk))),
    h('output', { class: 'path', 'aria-label': say({ zh: '页面路径', en: 'Page path' }) }),
    h('button', { type: 'button', class: 'language', onclick: () => setLanguage(lang() === 'zh' ? 'en' : 'zh') }, lang() === 'zh' ? 'English' : '中文'))
}

const phones = h('div', { class: 'phones' })
const desk = new Desk(phones)
const inspector = new Panels()
let chosen = null

function choose(phone) {
  if (chosen === phone) return
  chosen = phone
  for (const one of desk.phones) one.element.classList.toggle('chosen', one === phone && desk.phones.length > 1)
  inspector.show(phone, desk)
  tellPath()
}

const header = bar(desk, () => chosen)
function tellPath() {
  const { path = '', query = {}, name = 'mina' } = chosen?.state ?? {}
  const rest = Object.entries(query).map(([key, value]) => `${key}=${value}`).join('&') // as the program gets it
  header.querySelector('.path').textContent = path + (rest && `?${rest}`)
  document.title = `${name} · mina`
}

desk.onphones = (all) => {
  for (const phone of all) {
    if (phone.known) continue
    phone.known = true
    phone.element.prepend(caption(phone, desk))
    phone.element.after(new Chooser(phone, desk).element)
    phone.element.addEventListener('pointerdown', () => choose(phone), true)
    phone.on('Phone.stateChanged', () => { if (phone === chosen) tellPath() })
    phone.on('Phone.restarted', () => { if (phone === chosen) inspector.show(phone, desk) })
  }
  if (!all.includes(chosen) && all.length) choose(all[0])
}

document.body.append(header, h('main', { class: 'table' }, phones, inspector.element))
window.mina = { desk, current: () => chosen } // for who looks from the browser's console, and for tests
