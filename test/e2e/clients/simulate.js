// Every call of miniprogram-simulate's interface on small components, told line by line: the same script over the package that is
// named, so that clients/simulate and the original can be laid side by side.
//
//   node simulate.js PACKAGE [vant]   one JSON line a fact: [case, value]; with "vant" that of components from npm
const path = require('path')
const { createRequire } = require('module')

const modules = createRequire(path.join(__dirname, '../../package.json'))
const { JSDOM } = modules('jsdom')
const { window } = new JSDOM('<!doctype html><html><head></head><body></body></html>', { pretendToBeVisual: true })
Object.assign(global, { window, document: window.document, Event: window.Event, CustomEvent: window.CustomEvent, TouchEvent: window.TouchEvent })

const simulate = modules(process.argv[2])
const serializer = modules(path.join(process.argv[2], 'jest-snapshot-plugin'))
const folder = path.join(__dirname, '../../data/simulate')
const { take } = require(path.join(folder, 'log'))
const format = modules('pretty-format')
const show = (value) => (format.format || format)(value, { plugins: [serializer], printFunctionName: false })
const tell = (name, value) => process.stdout.write(`${JSON.stringify([name, value === undefined ? 'undefined' : value])}\n`)
const plain = (value) => JSON.parse(JSON.stringify(value))
const html = (dom) => dom.outerHTML.replace(/\b[a-j]{13,15}\b/g, 'ID')
const holder = () => document.createElement('parent-wrapper')
console.warn = () => {} // what each thinks of the odd ones is its own affair

const panelPath = path.join(folder, 'panel/index')
const items = [{ id: 'a', label: 'one' }, { id: 'b', label: 'two' }]

async function files() {
  const id = simulate.load(panelPath, 'x-panel', { rootPath: folder })
  tell('files: id is a word', /^[a-z]+$/.test(id))
  const panel = simulate.render(id, { title: 'T', count: 2, items, either: 5, extra: { deep: [1, null] } })
  tell('files: life before attach', take())
  tell('files: tag', panel.dom.tagName)
  const parent = holder()
  panel.attach(parent)
  document.body.appendChild(parent)
  tell('files: life after attach', take())
  tell('files: html', html(panel.dom))
  tell('files: parent', parent.innerHTML.length === panel.dom.outerHTML.length)
  tell('files: snapshot', show(panel.toJSON()))
  tell('files: JSON', plain(panel.toJSON().children[0].attrs.map(({ name }) => name).sort()))
  tell('files: data', plain(panel.data))
  tell('files: instance', [panel.instance.add(1, 2), panel.instance.rows(), panel.instance.first(), panel.instance.related(), panel.instance.data === panel.data])
  panel.setData({ open: true, 'items[0].label': 'uno' })
  tell('files: after setData', [html(panel.dom), take()])
  await new Promise((resolve) => { panel.setData({ count: 5 }, resolve) })
  tell('files: callback', [panel.data.count, take()])
  panel.instance.setData({ title: 'again' })
  tell('files: title', [panel.querySelector('#head').dom.textContent, take()])
  tell('files: match', [simulate.match(panel.querySelector('.body').dom, ''), simulate.match(panel.querySelector('.named').dom, '<a></a>'), simulate.match({}, '<a>')])
  const rows = panel.querySelectorAll('.row')
  tell('files: rows', rows.map((row) => [row.dom.tagName, row.data.label, row.instance.name(), row.dom.className]))
  tell('files: nothing', [panel.querySelector('.nobody'), panel.querySelectorAll('.nobody')])
  tell('files: below', [rows[0].querySelector('.line').dom.textContent, panel.querySelector('#row-a >>> .line') === undefined])
  tell('files: row snapshot', show(rows[1].toJSON()))
  tell('files: styles', [window.getComputedStyle(panel.querySelector('.body').dom).color, window.getComputedStyle(panel.querySelector('#head').dom).color])
  tell('files: measure', await new Promise((resolve) => { panel.instance.measure((results) => resolve(plain(results))) }))
  await events(panel, rows)
  panel.triggerLifeTime('moved', { far: 1 })
  panel.triggerPageLifeTime('show', { x: 1 })
  tell('files: triggered', take())
  panel.setData({ items: [items[1]] })
  tell('files: one row', [html(panel.dom), take()])
  panel.detach()
  tell('files: detached', [take(), parent.innerHTML])
}

async function events(panel, rows) {
  const head = panel.querySelector('#head')
  const step = async (name) => {
    await simulate.sleep(10)
    tell(`events: ${name}`, take())
  }
  head.dispatchEvent('tap', { detail: { x: 1 } })
  await step('tap')
  head.dispatchEvent('touchstart')
  head.dispatchEvent('touchend')
  await step('touch and tap')
  head.dispatchEvent('touchstart', { touches: [{ x: 5, y: 5 }], changedTouches: [{ x: 5, y: 5 }] })
  head.dispatchEvent('touchmove', { touches: [{ x: 50, y: 5 }], changedTouches: [{ x: 50, y: 5 }] })
  head.dispatchEvent('touchend', { changedTouches: [{ x: 50, y: 5 }] })
  await step('moved too far')
  head.dispatchEvent('touchstart')
  await simulate.sleep(400)
  head.dispatchEvent('touchend')
  await step('long')
  head.dispatchEvent('pick', { detail: [1] })
  await step('custom')
  const heard = []
  const listener = (event) => heard.push([event.type, plain(event.detail)])
  panel.addEventListener('chosen', listener)
  rows[1].querySelector('.line').dispatchEvent('tap')
  await step('from inside')
  tell('events: heard', heard.splice(0))
  panel.removeEventListener('chosen', listener)
  rows[1].instance.triggerEvent('pick', { label: 'by hand' })
  tell('events: by hand', [take(), heard])
  head.dom.addEventListener('ping', (event) => heard.push(event.detail))
  head.dispatchEvent('ping', { detail: 'pong' })
  await simulate.sleep(5)
  tell('events: element', heard.splice(0))
  simulate.scroll(head, 40, 4)
  await simulate.sleep(5)
  tell('events: scrolled', head.dom.scrollTop)
}

async function definitions() {
  const { say } = require(path.join(folder, 'log'))
  const counter = simulate.behavior({ data: { n: 1 }, methods: { more() { this.setData({ n: this.data.n + 1 }) } }, lifetimes: { attached() { say('counter attached') } } })
  const inner = simulate.load({
    tagName: 'x-inner', options: { classPrefix: 'pre' },
    template: '<view class="in"><slot/></view><view>{{ text }}</view>',
    properties: { text: { type: String, value: 'none' } },
    methods: { go() { this.triggerEvent('gone', { at: this.data.text }) } },
  })
  const id = simulate.load({
    template: `
      <div class="a b" title="{{ n }}">
        <x-inner id="inner" class="host" text="{{ text }}" bind:gone="onGone">  slot   text </x-inner>
        <view wx:for="{{ list }}" wx:key="*this" data-item="{{ item }}">{{ index }}:{{ item }}</view>
        <span wx:if="{{ n > 1 }}">many</span><span wx:else>one</span>
      </div>`,
    usingComponents: { 'x-inner': inner },
    behaviors: [counter],
    data: { text: 'T', list: ['p', 'q'] },
    methods: { onGone({ detail }) { say('gone', detail) } },
  })
  const comp = simulate.render(id)
  comp.attach(document.body)
  tell('definitions: html', [html(comp.dom), take()])
  tell('definitions: snapshot', show(comp.toJSON()))
  comp.instance.more()
  comp.setData({ list: ['q', 'r', 'p'], text: 'U' })
  tell('definitions: changed', [html(comp.dom), comp.data.n])
  const child = comp.querySelector('#inner')
  child.instance.go()
  tell('definitions: child', [take(), child.data.text, child.instance.data.text, child.instance.id])
  tell('definitions: no component', comp.querySelector('.a') && comp.querySelector('.a').dom.tagName)
  comp.detach()
  for (const [name, fn] of [['no id', () => simulate.render()], ['no path', () => simulate.load(5)], ['no template', () => simulate.load({ template: '' })],
    ['unknown', () => simulate.load({ template: '<some-thing/>' })], ['behavior', () => simulate.behavior(1)], ['scroll', () => simulate.scroll()]]) {
    try {
      fn()
      tell(`definitions: ${name}`, 'fine')
    } catch (error) {
      tell(`definitions: ${name}`, error.message.split('\n')[0])
    }
  }
  const own = simulate.load({ id: 'own-box', tagName: 'own-tag', template: '<div class="own"><slot/></div>' })
  tell('definitions: own id', own)
  tell('definitions: global', html(simulate.render(simulate.load({ template: '<own-box>1</own-box>' })).dom))
  const slot = simulate.load({ template: '<view>V</view>', options: { virtualHost: true } })
  tell('definitions: virtual host', [html(simulate.render(simulate.load({ template: '<x-v class="q">1</x-v>', usingComponents: { 'x-v': slot } })).dom), html(simulate.render(slot).dom)])
}

async function wxFunctions() {
  const { wx } = global
  tell('wx: device', [wx.getSystemInfoSync().model, wx.getSystemInfoSync().windowWidth, typeof wx.getSystemInfo, wx.canIUse('nothing')])
  tell('wx: later', await new Promise((resolve) => { wx.nextTick(() => resolve('ticked')) }))
  const query = simulate.render(simulate.load({ template: '<view class="a" data-k="1">x</view>' }))
  tell('wx: query', await new Promise((resolve) => { wx.createSelectorQuery().in(query.instance).select('.a').boundingClientRect((rect) => resolve(plain(rect))).exec() }))
}

/** Components as they come from npm: what a click, a stepper and a switch do. */
async function vant() {
  const root = path.join(__dirname, '../../node_modules/@vant/weapp/lib')
  const load = (name) => simulate.load(path.join(root, name, 'index'), `van-${name}`, { rootPath: root })
  const usingComponents = {}
  for (const name of ['button', 'stepper', 'switch', 'cell', 'tag']) usingComponents[`van-${name}`] = load(name)
  const heard = []
  const comp = simulate.render(simulate.load({
    usingComponents,
    template: `<van-button id="button" type="primary" bind:click="onClick">go</van-button><van-stepper id="stepper" value="{{ n }}" bind:change="onStep" />
      <van-switch id="switch" checked="{{ on }}" bind:change="onSwitch" /><van-cell title="c" value="{{ n }}" /><van-tag>t</van-tag>`,
    data: { n: 1, on: false },
    methods: {
      onClick() { heard.push('click') },
      onStep({ detail }) { this.setData({ n: detail }) },
      onSwitch({ detail }) { this.setData({ on: detail }) },
    },
  }))
  comp.attach(document.body)
  comp.querySelector('#button').querySelector('.van-button').dispatchEvent('tap')
  comp.querySelector('#stepper').querySelector('.van-stepper__plus').dispatchEvent('tap')
  comp.querySelector('#switch').querySelector('.van-switch').dispatchEvent('tap')
  await simulate.sleep(50)
  tell('a button clicks', heard.length === 1)
  tell('a stepper counts', comp.data.n === 2)
  tell('a switch is on', comp.data.on && comp.querySelector('#switch').dom.innerHTML.includes('van-switch--on'))
  tell('a text is shown', comp.querySelector('#button').dom.textContent.includes('go'))
  tell('all of it', [html(comp.dom), show(comp.toJSON())])
}

const all = () => files().then(definitions).then(wxFunctions)
const run = process.argv[3] === 'vant' ? vant : all
run().then(() => process.exit(0), (error) => {
  console.error(error)
  process.exit(1)
})
