// The whole public interface of miniprogram-automator, from npm and unmodified, against an app with every kind of element.
// MINA and APP name the program and the app; automator_test.py runs it.
'use strict'
const { execFileSync, spawn } = require('node:child_process')
const fs = require('node:fs')
const os = require('node:os')
const path = require('node:path')
const automator = require('miniprogram-automator')
const { classes, used, elements } = require('./watch')

const { MINA: mina, APP: app } = process.env
const sleep = (ms) => new Promise((done) => { setTimeout(done, ms) })
const project = fs.mkdtempSync(path.join(os.tmpdir(), 'mina-automator-'))
const port = 20000 + (process.pid % 20000)
const servers = []
let program

/** One more `mina auto`, on any free port. */
async function serve(...words) {
  const child = spawn(mina, ['auto', '--project', app, '--auto-port', '0', ...words], { stdio: ['ignore', 'pipe', 'inherit'] })
  servers.push(child)
  const found = await new Promise((tell, fail) => {
    child.stdout.on('data', (data) => {
      const match = /127\.0\.0\.1:(\d+)/.exec(data)
      if (match) tell(match[1])
    })
    child.on('exit', () => fail(new Error('mina auto has ended')))
  })
  return { child, wsEndpoint: `ws://127.0.0.1:${found}` }
}

/** A page without the client's sleep of 3 s, which only its own routes need. */
async function open(url, how = 'reLaunch') {
  await program.callWxMethod(how, { url })
  return program.currentPage()
}

beforeAll(async () => {
  fs.cpSync(app, project, { recursive: true })
  program = await automator.launch({ cliPath: mina, projectPath: project, port, timeout: 50000, trustProject: true,
    projectConfig: { setting: { es6: true } }, args: ['--lang', 'en'], cwd: os.tmpdir() })
})

afterAll(async () => {
  for (const child of servers) {
    child.removeAllListeners('exit')
    child.kill()
    await new Promise((done) => { child.once('exit', done) })
  }
  fs.rmSync(project, { recursive: true })
})

describe('Automator', () => {
  test('launch has started mina with the project, and has merged its configuration', async () => {
    expect(JSON.parse(fs.readFileSync(path.join(project, 'project.config.json'))).setting.es6).toBe(true)
    expect((await program.currentPage()).path).toBe('pages/index/index')
  })

  test('launch tells what is wrong', async () => {
    await expect(automator.launch({ cliPath: mina, projectPath: '/nowhere' })).rejects.toThrow(/doesn't exist/)
    await expect(automator.launch({ cliPath: mina })).rejects.toThrow(/projectPath is not provided/)
    await expect(automator.launch({ cliPath: mina, projectPath: project, port })).rejects.toThrow(/is in use/)
    if (!fs.existsSync('/Applications/wechatwebdevtools.app')) {
      await expect(automator.launch({ projectPath: project })).rejects.toThrow(/specify cliPath/)
    }
  })

  test('connect, and two clients of one app', async () => {
    const other = await automator.connect({ wsEndpoint: `ws://127.0.0.1:${port}` })
    expect((await other.currentPage()).path).toBe('pages/index/index')
    await other.checkVersion()
    other.disconnect()
    await sleep(100)
    await expect(other.currentPage()).rejects.toThrow(/Connection closed/)
    await expect(automator.connect({ wsEndpoint: 'ws://127.0.0.1:1' })).rejects.toThrow(/Failed connecting/)
  })

  test('every class of elements is offered', () => {
    const { Element, CustomElement, InputElement, ScrollViewElement, SwiperElement, MovableViewElement, SwitchElement, SliderElement,
      ContextElement } = automator
    for (const one of [CustomElement, InputElement, ScrollViewElement, SwiperElement, MovableViewElement, SwitchElement, SliderElement,
      ContextElement]) expect(one.prototype).toBeInstanceOf(Element)
  })
})

describe('MiniProgram', () => {
  test('navigateTo, redirectTo, navigateBack, switchTab, reLaunch, pageStack', async () => {
    const page = await program.navigateTo('/pages/form/form?a=1')
    expect([page.path, page.query]).toEqual(['pages/form/form', { a: '1' }])
    expect((await program.pageStack()).map((one) => one.path)).toEqual(['pages/index/index', 'pages/form/form'])
    expect((await program.pageStack())[1]).toBe(page)
    expect((await program.redirectTo('/pages/motion/motion')).path).toBe('pages/motion/motion')
    expect((await program.navigateBack()).path).toBe('pages/index/index')
    expect((await program.switchTab('/pages/tab/tab')).path).toBe('pages/tab/tab')
    expect((await program.reLaunch('/pages/index/index')).path).toBe('pages/index/index')
    await expect(program.navigateTo('/pages/none')).rejects.toThrow(/is not found/)
    await expect(program.navigateBack()).rejects.toThrow(/cannot navigate back at first page/)
    await expect(program.switchTab('/pages/form/form')).rejects.toThrow(/can not switch to no-tabBar page/)
  })

  test('systemInfo, callWxMethod', async () => {
    expect((await program.systemInfo()).platform).toBe('devtools')
    await program.callWxMethod('setStorage', { key: 'test', data: 'of the test' })
    expect(await program.callWxMethod('getStorageSync', 'test')).toBe('of the test')
    await expect(program.callWxMethod('getStorage', { key: 'none' })).rejects.toThrow(/^data not found$/)
    await expect(program.callWxMethod('none')).rejects.toThrow(/^wx\.none not exists$/)
  })

  test('mockWxMethod with values, functions, promises and texts; restoreWxMethod', async () => {
    await program.mockWxMethod('showModal', { confirm: true, cancel: false })
    expect(await program.callWxMethod('showModal', { title: 'x' })).toEqual({ confirm: true, cancel: false })
    await program.mockWxMethod('getStorageSync', function (key, other) { return key === 'name' ? 'redhood' : other }, 'unknown')
    expect(await program.callWxMethod('getStorageSync', 'name')).toBe('redhood')
    expect(await program.callWxMethod('getStorageSync', 'age')).toBe('unknown')
    await program.mockWxMethod('getSystemInfo', function () {
      return new Promise((resolve) => { this.origin({ success(res) { res.platform = 'test'; resolve(res) } }) })
    })
    expect((await program.callWxMethod('getSystemInfo')).platform).toBe('test')
    await program.mockWxMethod('getStorageSync', '() => "text"')
    expect(await program.callWxMethod('getStorageSync', 'x')).toBe('text')
    await program.mockWxMethod('request', { errMsg: 'request:fail no' })
    await expect(program.callWxMethod('request', { url: 'https://a.b' })).rejects.toThrow(/^no$/)
    for (const name of ['showModal', 'getStorageSync', 'getSystemInfo', 'request']) await program.restoreWxMethod(name)
    expect((await program.callWxMethod('getSystemInfo')).platform).toBe('devtools')
  })

  test('a plugin is refused by its name', async () => {
    await expect(program.callPluginWxMethod('wxidxx', 'getSystemInfo')).rejects.toThrow(/plugin wxidxx/)
    await expect(program.mockPluginWxMethod('wxidxx', 'showModal', {})).rejects.toThrow(/plugin wxidxx/)
    await expect(program.mockPluginWxMethod('wxidxx', 'showModal', () => {})).rejects.toThrow(/plugin wxidxx/)
    await expect(program.restorePluginWxMethod('wxidxx', 'showModal')).rejects.toThrow(/plugin wxidxx/)
  })

  test('evaluate, exposeFunction, console, exception', async () => {
    expect(await program.evaluate(() => getApp().globalData.count)).toBe(0)
    expect(await program.evaluate((key) => new Promise((resolve) => { setTimeout(() => resolve(`${key}!`), 10) }), 'late')).toBe('late!')
    expect(await program.evaluate('function (a, b) { return a + b }', 1, 2)).toBe(3)
    await expect(program.evaluate(() => { throw new Error('thrown') })).rejects.toThrow(/thrown/)
    const heard = []
    program.on('console', (message) => heard.push(message))
    program.on('exception', (error) => heard.push(error))
    await program.exposeFunction('onSomething', (...args) => heard.push(args))
    await expect(program.exposeFunction('onSomething', () => {})).rejects.toThrow(/already exists/)
    await program.evaluate(() => {
      console.info('said', { a: 1 })
      onSomething('seen', 2)
      setTimeout(() => { throw new Error('broken') }, 0)
    })
    await sleep(100)
    expect(heard.slice(0, 2)).toEqual([{ type: 'info', args: ['said', { a: 1 }] }, ['seen', 2]])
    expect(heard[2].message).toMatch(/broken/)
  })

  test('screenshot', async () => {
    const file = path.join(project, 'shot.png')
    const data = Buffer.from(await program.screenshot(), 'base64')
    expect([data.toString('latin1', 1, 4), data.readUInt32BE(16), data.readUInt32BE(20)]).toEqual(['PNG', 750, 1334])
    expect(await program.screenshot({ path: file })).toBeUndefined()
    expect(fs.readFileSync(file).equals(data)).toBe(true)
  })

  test('testAccounts, stopAudits, tickets', async () => {
    expect((await program.testAccounts())[0].nickName).toBe('爱丽丝')
    const report = path.join(project, 'audits.html')
    expect((await program.stopAudits({ path: report })).diagnostics).toBeInstanceOf(Array)
    expect(fs.readFileSync(report, 'utf8')).toMatch(/<ul>/)
    const { ticket } = await program.getTicket()
    await program.setTicket(ticket)
    await program.refreshTicket()
    await expect(program.setTicket('another')).rejects.toThrow(/no ticket/)
  })

  test('remote is refused', async () => {
    await expect(program.remote()).rejects.toThrow(/remote debugging is not supported/)
    await expect(program.remote(true)).rejects.toThrow(/remote debugging is not supported/)
  })
})

describe('Native', () => {
  test('modals, permissions, shares, bars', async () => {
    const native = program.native()
    expect(program.native()).toBe(native)
    const page = await open('/pages/dialog/dialog', 'navigateTo')
    const answer = async (name, hand) => {
      await (await page.$(name)).tap()
      await native[hand]()
      return page.data('answer')
    }
    expect(await answer('.modal', 'confirmModal')).toBe('yes')
    expect(await answer('.modal', 'cancelModal')).toBe('no')
    expect(await answer('.sheet', 'cancelModal')).toBe('no item')
    await answer('.share', 'shareCancel')
    await answer('.share', 'shareConfirm')
    expect(await answer('.ask', 'authorizeCancel')).toBe('denied')
    await expect(native.confirmModal()).rejects.toThrow(/no modal is open/)
    await expect(native.closePaymentDialog()).rejects.toThrow(/no payment dialog/)
    await expect(native.authorizeAllow()).rejects.toThrow(/no permission is open/)
    await native.navigateLeft()
    expect((await program.currentPage()).path).toBe('pages/index/index')
    await native.switchTab({ url: 'pages/tab/tab' })
    expect((await program.currentPage()).path).toBe('pages/tab/tab')
    await native.goHome()
    expect((await program.currentPage()).path).toBe('pages/index/index')
  })

  test('authorizeAllow, and another app of another person', async () => {
    const { wsEndpoint } = await serve()
    const other = await automator.connect({ wsEndpoint })
    await other.callWxMethod('navigateTo', { url: '/pages/dialog/dialog' })
    const page = await other.currentPage()
    await (await page.$('.ask')).tap()
    await other.native().authorizeAllow()
    expect(await page.data('answer')).toBe('allowed')
    other.disconnect()
  })

  test('a hand that is not there', async () => {
    await expect(program.native().sendNative('none')).rejects.toThrow(/native.none not exists/)
  })
})

describe('Page', () => {
  let page

  beforeAll(async () => { page = await open('/pages/index/index') })

  test('$, $$, xpath and its kin, waitFor', async () => {
    expect(await page.$$('.row')).toHaveLength(3)
    expect(await page.$('.row')).toBe(await page.$('.first'))
    expect(await page.$('.none')).toBe(null)
    expect(await page.$$('.none')).toEqual([])
    expect(await (await page.xpath('//view[@class="row"][1]')).text()).toBe('two')
    expect(await page.xpath('//none')).toBe(null)
    expect(await page.getElementByXpath('//none')).toBe(null)
    expect(await page.getElementsByXpath('//view[@data-id]')).toHaveLength(3)
    await page.waitFor(10)
    await page.waitFor('.row')
    await page.waitFor(async () => (await page.data('count')) === 1)
  })

  test('data, setData, callMethod', async () => {
    expect(await page.data('rows[1].name')).toBe('two')
    expect((await page.data()).title).toBe('card')
    expect(await page.data('none.none')).toBeUndefined()
    await page.setData({ 'rows[1].name': 'TWO' })
    expect(await (await page.$$('.row'))[1].text()).toBe('TWO')
    expect(await page.callMethod('add', 1, 2)).toBe(3)
    expect(await page.callMethod('later', 'x')).toBe('x')
    await expect(page.callMethod('none')).rejects.toThrow(/^page\.none not exists$/)
    await expect(page.callMethod('fails')).rejects.toThrow(/on purpose/)
  })

  test('pageScrollTo, size, scrollTop, windowProperty', async () => {
    await program.pageScrollTo(150)
    expect(await page.scrollTop()).toBe(150)
    const { width, height } = await page.size()
    expect(width).toBe(375)
    expect(height).toBeGreaterThan(1000)
    expect(await page.windowProperty(['scrollX', 'scrollY'])).toEqual([0, 150])
    await program.pageScrollTo(0)
  })
})

describe('Element', () => {
  let page

  beforeAll(async () => { page = await open('/pages/index/index') })

  test('$, $$, text, attribute, property, value, style, size, offset, wxml, outerWxml', async () => {
    const head = await page.$('#top')
    expect(head.tagName).toBe('view')
    expect([await head.attribute('class'), await head.attribute('none')]).toEqual(['head big', null])
    expect(await head.style('color')).toBe('rgb(255, 0, 0)')
    expect((await head.size()).width).toBe(375)
    expect(await head.offset()).toEqual({ left: 0, top: 0 })
    expect(await (await head.$('.number')).text()).toBe('2')
    expect(await head.$('.none')).toBe(null)
    expect(await head.$$('text')).toHaveLength(3)
    const first = await page.$('.first')
    expect(await first.outerWxml()).toBe('<view class="row first" data-id="1">one</view>')
    expect(await first.wxml()).toBe('one')
    const image = await page.$('image')
    expect(await image.property('src')).toBe('/pic.png')
    await expect(image.property('none')).rejects.toThrow(/image.none not exists/)
    await expect(image.value()).rejects.toThrow(/image.value not exists/)
    expect(await (await page.$('.press')).property('hoverClass')).toBe('button-hover')
    for (const name of ['attribute', 'property', 'style']) await expect(head[name](1)).rejects.toThrow(/must be a string/)
  })

  test('tap, longpress, touchstart, touchmove, touchend, trigger, dispatchEvent', async () => {
    const button = await page.$('.press')
    await button.tap()
    expect(await page.data('pressed')).toBe('tap')
    await button.longpress()
    expect(await page.data('pressed')).toBe('long')
    const area = await page.$('.touch')
    const at = (pageX) => [{ identifier: 0, pageX, pageY: 300 }]
    await area.touchstart({ touches: at(10), changedTouches: at(10) })
    await area.touchmove({ touches: at(40), changedTouches: at(40) })
    await area.touchend({ touches: [], changedTouches: at(40) })
    expect(await page.data('touches')).toBe('start10 move40 end40 ')
    await area.trigger('custom', { a: 1 })
    expect(await page.data('custom')).toEqual({ a: 1 })
    await area.dispatchEvent({ eventName: 'custom', detail: { b: 2 } })
    expect(await page.data('custom')).toEqual({ b: 2 })
  })

  test('an element that is gone', async () => {
    const row = (await page.$$('.row'))[2]
    await page.setData({ rows: [{ id: 1, name: 'one' }] })
    await expect(row.text()).rejects.toThrow(/gone/)
    await expect(row.tap()).rejects.toThrow(/gone/)
  })

  test('CustomElement: property, data, setData, callMethod, trigger, elements inside', async () => {
    const card = await page.$('card')
    expect(card).toBeInstanceOf(automator.CustomElement)
    expect(await card.property('title')).toBe('card')
    expect(await card.data('list[0].name')).toBe('a')
    expect((await card.data()).taps).toBe(0)
    await card.setData({ title: 'renamed' })
    expect(await (await card.$('.card-title')).text()).toBe('renamed 0')
    expect(await card.callMethod('add', 40, 2)).toBe(42)
    await expect(card.callMethod('none')).rejects.toThrow(/component.none not exists/)
    await card.trigger('change', { taps: 9 })
    expect(await page.data('card')).toBe(9)
    await (await (await card.$('inner')).$('.inner-body')).tap()
    expect(await page.data('inner')).toBe('renamed!')
  })

  test('InputElement, TextareaElement, SwitchElement, SliderElement, and what else a form has', async () => {
    page = await open('/pages/form/form')
    const input = await page.$('#name')
    expect(input).toBeInstanceOf(automator.InputElement)
    await input.input('Grace')
    expect([await page.data('name'), await input.value()]).toEqual(['Grace', 'Grace'])
    const words = await page.$('#words')
    expect(words).toBeInstanceOf(elements.TextareaElement)
    await words.input('two\nlines')
    expect(await page.data('words')).toBe('two\nlines')
    const toggle = await page.$('#on')
    expect(toggle).toBeInstanceOf(automator.SwitchElement)
    await toggle.tap()
    expect([await page.data('on'), await toggle.property('checked')]).toEqual([true, true])
    const slider = await page.$('slider')
    expect(slider).toBeInstanceOf(automator.SliderElement)
    await slider.slideTo(42)
    expect([await page.data('level'), await slider.value()]).toEqual([42, 42])
    await (await page.$$('radio'))[1].tap()
    expect(await page.data('radio')).toBe('y')
    await (await page.$('label')).tap()
    expect(await page.data('checks')).toEqual(['a'])
    await (await page.$('picker')).trigger('change', { value: 1 })
    expect(await page.data('picked')).toBe(1)
    await (await page.$('.submit')).tap()
    expect((await page.data('submitted')).name).toBe('Grace')
  })

  test('ScrollViewElement, SwiperElement, MovableViewElement, ContextElement', async () => {
    page = await open('/pages/motion/motion')
    const scroll = await page.$('scroll-view')
    expect(scroll).toBeInstanceOf(automator.ScrollViewElement)
    await scroll.scrollTo(10, 200)
    expect([await scroll.property('scrollLeft'), await scroll.property('scrollTop')]).toEqual([10, 200])
    expect([await scroll.scrollWidth(), await scroll.scrollHeight()]).toEqual([500, 600])
    expect(await scroll.property('scrollY')).toBe(true)
    const swiper = await page.$('swiper')
    expect(swiper).toBeInstanceOf(automator.SwiperElement)
    await swiper.swipeTo(1)
    expect(await page.data('current')).toBe(1)
    const move = await page.$('movable-view')
    expect(move).toBeInstanceOf(automator.MovableViewElement)
    await move.moveTo(40, 50)
    await page.waitFor(async () => (await move.property('x')) === 40)
    expect([await move.property('x'), await move.property('y'), await move.property('direction')]).toEqual([40, 50, 'all'])
    const video = await page.$('video')
    expect(video).toBeInstanceOf(automator.ContextElement)
    await video.callContextMethod('pause')
    await expect(video.callContextMethod('none')).rejects.toThrow(/none not exists/)
  })
})

describe('every kind of element', () => {
  let page
  // What the page's own template cannot hold: a part of others, the page's own settings, a page of its own.
  const elsewhere = ['mina-screen', 'page-meta', 'navigation-bar', 'web-view']

  beforeAll(async () => { page = await open('/pages/every/every') })

  test('all that mina has are on the page', async () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'mina-reference-'))
    execFileSync(mina, ['reference', '--out', folder])
    const tags = fs.readFileSync(path.join(folder, 'components.md'), 'utf8').match(/^## \S+/gm).map((line) => line.slice(3))
    fs.rmSync(folder, { recursive: true })
    expect(tags.length).toBeGreaterThan(45)
    for (const tag of tags.filter((one) => !elsewhere.includes(one))) {
      const element = await page.$(`#${tag}`)
      expect([tag, element?.tagName]).toEqual([tag, tag])
      const { width, height } = await element.size()
      const { left, top } = await element.offset()
      for (const number of [width, height, left, top]) expect(typeof number).toBe('number')
      expect(typeof await element.text()).toBe('string')
      expect(await element.outerWxml()).toMatch(new RegExp(`^<${tag}[ >]`))
      expect(await element.attribute('id')).toBe(tag)
      expect(await element.property('id')).toBe(tag)
      expect(await element.style('display')).toMatch(/^[a-z-]+$/)
      expect((await page.getElementsByXpath(`//${tag}`)).length).toBeGreaterThan(0)
      await element.dispatchEvent({ eventName: 'none' })
      await element.tap()
      for (const close of ['cancelPicker', 'cancelModal', 'authorizeCancel', 'shareCancel']) {
        await program.native().sendNative(close).catch(() => {})
      }
      if ((await program.currentPage()).path !== page.path) await program.native().navigateLeft()
    }
  })

  test('a page of web-view, parts of templates and blocks', async () => {
    expect(await (await page.$('#template')).text()).toBe('of a template')
    expect(await (await page.$('#block')).text()).toBe('in a block')
    expect(await (await page.$('#root-portal .portal')).text()).toBe('portal')
    expect((await (await open('/pages/web/web', 'navigateTo')).$('web-view')).tagName).toBe('web-view')
    await program.native().navigateLeft()
    page = await program.currentPage()
    expect(page.path).toBe('pages/every/every')
  })

  test('a picker is tapped, its wheels are turned, and it is confirmed or put away', async () => {
    const native = program.native()
    const picker = await page.$('#picker')
    await picker.tap()
    await native.sendNative('turnPicker', { column: 0, index: 2 })
    await native.confirmModal()
    expect(await page.data('picked')).toBe(2)
    expect(await (await page.$('.shown')).text()).toBe('picked 2')
    const before = await page.data('put')
    await picker.tap()
    await native.sendNative('turnPicker', { column: 0, index: 3 })
    await native.cancelModal()
    expect([await page.data('picked'), await page.data('put')]).toEqual([2, before + 1])
    await expect(native.sendNative('turnPicker', { column: 0, index: 0 })).rejects.toThrow(/no picker is open/)
    await picker.tap()
    await expect(native.sendNative('turnPicker', { column: 9, index: 0 })).rejects.toThrow(/no such row/)
    await native.sendNative('cancelPicker')
    const chosen = async (id, index) => {
      await (await page.$(id)).tap()
      await native.sendNative('turnPicker', { column: 0, index })
      await native.sendNative('confirmPicker')
      return page.data(id.slice(1))
    }
    expect(await chosen('#time', 7)).toBe('07:30')
    expect(await chosen('#date', 0)).toMatch(/^\d{4}-04-16$/)
    expect((await chosen('#region', 0))[0]).toBe('北京市')
  })

  test('fingers spin the wheels of a picker and of a picker-view', async () => {
    const at = (pageX, pageY) => ({ touches: [{ identifier: 0, pageX, pageY }], changedTouches: [{ identifier: 0, pageX, pageY }] })
    const drag = async (element, x, y, by) => {
      await element.touchstart(at(x, y))
      for (let i = 1; i <= 4; i += 1) await element.touchmove(at(x, y + by * i / 4))
      await sleep(120) // a finger that rests does not throw
      await element.touchend(at(x, y + by))
    }
    const multi = await page.$('#multi')
    await program.pageScrollTo(0)
    await multi.tap()
    await drag(multi, 280, 480, -96)
    await page.waitFor(async () => (await page.data('columns')).length > 0)
    expect(await page.data('columns')).toEqual([[1, 2]])
    await program.native().confirmModal()
    expect(await page.data('turned')).toEqual([0, 2])
    const column = await page.$('#picker-view-column')
    const { top } = await column.offset()
    await drag(column, 50, top + 75, -60)
    await page.waitFor(async () => (await page.data('spun')).length > 0)
    expect(await page.data('spun')).toEqual([3])
  })

  test('the form has what they all are worth', async () => {
    await (await page.$('#submit')).tap()
    expect(await page.data('submitted')).toMatchObject({ input: 'typed', textarea: 'lines', slider: 50, picker: 2 }) // the slider was tapped in its middle
  })
})

describe('the end', () => {
  test('close ends the app and the server', async () => {
    await program.close()
    await sleep(1000)
    await expect(automator.connect({ wsEndpoint: `ws://127.0.0.1:${port}` })).rejects.toThrow(/Failed connecting/)
  })

  test('each method of each class was used, and answered', () => {
    const refused = ['MiniProgram.remote', 'MiniProgram.callPluginWxMethod', 'MiniProgram.mockPluginWxMethod',
      'MiniProgram.restorePluginWxMethod', 'Native.closePaymentDialog']
    expect(classes.map((one) => one.name).sort()).toEqual(['Automator', 'ContextElement', 'CustomElement', 'Element', 'InputElement', 'Launcher',
      'MiniProgram', 'MovableViewElement', 'Native', 'Page', 'ScrollViewElement', 'SliderElement', 'SwiperElement', 'SwitchElement',
      'TextareaElement'])
    expect(used.size).toBeGreaterThan(85)
    const missing = [...used].filter(([name, { fulfilled, rejected }]) => !(refused.includes(name) ? rejected : fulfilled)).map(([name]) => name)
    expect(missing).toEqual([])
  })
})
