// The whole public interface of miniprogram-automator, unmodified, against test/apps/automation.
// node automator.js MINA APP; prints one line for each test that fails, and "N passed, N failed".
'use strict'
const assert = require('node:assert/strict')
const { spawn } = require('node:child_process')
const fs = require('node:fs')
const os = require('node:os')
const path = require('node:path')
const automator = require('miniprogram-automator')

const [mina, app] = process.argv.slice(2).map((word) => path.resolve(word))
const tests = [] // [group, name, function]
const test = (group, name, fn) => tests.push([group, name, fn])
const sleep = (ms) => new Promise((done) => { setTimeout(done, ms) })

/** A server of its own for each group: they run side by side, since the client sleeps most of its time. */
async function serve() {
  const child = spawn(mina, ['auto', '--project', app, '--auto-port', '0'], { stdio: ['ignore', 'pipe', 'inherit'] })
  const port = await new Promise((found, failed) => {
    child.stdout.on('data', (data) => {
      const match = /127\.0\.0\.1:(\d+)/.exec(data)
      if (match) found(match[1])
    })
    child.on('exit', () => failed(new Error('mina auto has ended')))
  })
  return { child, wsEndpoint: `ws://127.0.0.1:${port}` }
}

// --- launch and close -------------------------------------------------------------------------------

test('launch', 'launch, project configuration, close', async () => {
  const project = fs.mkdtempSync(path.join(os.tmpdir(), 'mina-launch-'))
  fs.cpSync(app, project, { recursive: true })
  const port = 20000 + (process.pid % 20000)
  const program = await automator.launch({ cliPath: mina, projectPath: project, port, timeout: 60000, trustProject: true,
    projectConfig: { setting: { es6: true } }, args: ['--lang', 'en'], cwd: os.tmpdir() })
  assert.equal(JSON.parse(fs.readFileSync(path.join(project, 'project.config.json'))).setting.es6, true)
  assert.equal((await program.currentPage()).path, 'pages/index/index')
  await program.close()
  await sleep(1000) // the process ends
  await assert.rejects(automator.connect({ wsEndpoint: `ws://127.0.0.1:${port}` }), /Failed connecting/)
  await assert.rejects(automator.launch({ cliPath: mina, projectPath: '/nowhere' }), /doesn't exist/)
  fs.rmSync(project, { recursive: true })
})

test('launch', 'connection refused, disconnect', async ({ wsEndpoint }) => {
  const other = await automator.connect({ wsEndpoint })
  other.disconnect()
  await sleep(100)
  await assert.rejects(other.currentPage(), /Connection closed/)
})

// --- MiniProgram --------------------------------------------------------------------------------------

test('routes', 'navigateTo, navigateBack, redirectTo, reLaunch, switchTab, pageStack', async ({ program }) => {
  const page = await program.navigateTo('/pages/form/form?a=1')
  assert.deepEqual([page.path, page.query], ['pages/form/form', { a: '1' }])
  assert.deepEqual((await program.pageStack()).map((one) => one.path), ['pages/index/index', 'pages/form/form'])
  assert.equal((await program.redirectTo('/pages/motion/motion')).path, 'pages/motion/motion')
  assert.equal((await program.navigateBack()).path, 'pages/index/index')
  assert.equal((await program.switchTab('/pages/tab/tab')).path, 'pages/tab/tab')
  assert.equal((await program.reLaunch('/pages/index/index')).path, 'pages/index/index')
  await assert.rejects(program.navigateTo('/pages/none'), /is not found/)
  await assert.rejects(program.navigateBack(), /cannot navigate back at first page/)
})

test('program', 'systemInfo, callWxMethod', async ({ program }) => {
  assert.equal((await program.systemInfo()).platform, 'devtools')
  await program.callWxMethod('setStorage', { key: 'test', data: 'of the test' })
  assert.equal(await program.callWxMethod('getStorageSync', 'test'), 'of the test')
  await assert.rejects(program.callWxMethod('none'), { message: 'wx.none not exists' })
})

test('program', 'mockWxMethod, restoreWxMethod', async ({ program }) => {
  await program.mockWxMethod('showModal', { confirm: true, cancel: false })
  assert.deepEqual(await program.callWxMethod('showModal', { title: 'x' }), { confirm: true, cancel: false })
  await program.mockWxMethod('getStorageSync', function (key, other) { return key === 'name' ? 'redhood' : other }, 'unknown')
  assert.equal(await program.callWxMethod('getStorageSync', 'name'), 'redhood')
  assert.equal(await program.callWxMethod('getStorageSync', 'age'), 'unknown')
  await program.mockWxMethod('getSystemInfo', function () {
    return new Promise((resolve) => { this.origin({ success(res) { res.platform = 'test'; resolve(res) } }) })
  })
  assert.equal((await program.callWxMethod('getSystemInfo')).platform, 'test')
  await program.mockWxMethod('getStorageSync', '() => "text"')
  assert.equal(await program.callWxMethod('getStorageSync', 'x'), 'text')
  for (const name of ['showModal', 'getStorageSync', 'getSystemInfo']) await program.restoreWxMethod(name)
  assert.equal((await program.callWxMethod('getSystemInfo')).platform, 'devtools')
})

test('program', 'plugins are refused', async ({ program }) => {
  await assert.rejects(program.callPluginWxMethod('wxidxx', 'getSystemInfo'), /plugin wxidxx not exists/)
  await assert.rejects(program.mockPluginWxMethod('wxidxx', 'showModal', {}), /plugin wxidxx not exists/)
  await assert.rejects(program.restorePluginWxMethod('wxidxx', 'showModal'), /plugin wxidxx not exists/)
})

test('program', 'evaluate, exposeFunction, console, exception', async ({ program }) => {
  assert.equal(await program.evaluate(() => getApp().globalData.count), 0)
  assert.equal(await program.evaluate((key) => new Promise((resolve) => { setTimeout(() => resolve(`${key}!`), 10) }), 'late'), 'late!')
  const heard = []
  program.on('console', (message) => heard.push(message))
  program.on('exception', (error) => heard.push(error))
  await program.exposeFunction('onSomething', (...args) => heard.push(args))
  await assert.rejects(program.exposeFunction('onSomething', () => {}), /already exists/)
  await program.evaluate(() => {
    console.info('said', { a: 1 })
    onSomething('seen', 2)
    setTimeout(() => { throw new Error('broken') }, 0)
  })
  await sleep(100)
  assert.deepEqual(heard[0], { type: 'info', args: ['said', { a: 1 }] })
  assert.deepEqual(heard[1], ['seen', 2])
  assert.match(heard[2].message, /broken/)
})

test('program', 'screenshot', async ({ program }) => {
  const file = path.join(os.tmpdir(), `mina-shot-${process.pid}.png`)
  const data = Buffer.from(await program.screenshot(), 'base64')
  assert.equal(await program.screenshot({ path: file }), undefined)
  assert.ok(fs.readFileSync(file).equals(data) && data.toString('latin1', 1, 4) === 'PNG')
  fs.unlinkSync(file)
})

test('program', 'testAccounts, stopAudits, tickets, remote', async ({ program }) => {
  assert.equal((await program.testAccounts())[0].nickName, '爱丽丝')
  const report = path.join(os.tmpdir(), `mina-audits-${process.pid}.html`)
  assert.ok(Array.isArray((await program.stopAudits({ path: report })).diagnostics))
  fs.unlinkSync(report)
  const { ticket } = await program.getTicket()
  await program.setTicket(ticket)
  await program.refreshTicket()
  await assert.rejects(program.remote(), /remote debugging is not supported/)
})

test('program', 'pageScrollTo, size, scrollTop, windowProperty', async ({ program, page }) => {
  await program.pageScrollTo(150)
  assert.equal(await page.scrollTop(), 150)
  const { width, height } = await page.size()
  assert.ok(width === 375 && height > 1000)
  assert.deepEqual(await page.windowProperty(['scrollX', 'scrollY']), [0, 150])
  await program.pageScrollTo(0)
})

test('dialogs', 'native', async ({ program }) => {
  const native = program.native()
  const page = await program.navigateTo('/pages/dialog/dialog')
  const click = async (name) => (await page.$(name)).tap()
  await click('.modal')
  await native.confirmModal()
  assert.equal(await page.data('answer'), 'yes')
  await click('.modal')
  await native.cancelModal()
  assert.equal(await page.data('answer'), 'no')
  await click('.ask')
  await native.authorizeCancel()
  assert.equal(await page.data('answer'), 'denied')
  await click('.share')
  await native.shareCancel()
  await click('.share')
  await native.shareConfirm()
  await assert.rejects(native.closePaymentDialog(), /no payment dialog/)
  await assert.rejects(native.authorizeAllow(), /no permission is open/)
  await native.navigateLeft()
  assert.equal((await program.currentPage()).path, 'pages/index/index')
  await native.switchTab({ url: 'pages/tab/tab' })
  assert.equal((await program.currentPage()).path, 'pages/tab/tab')
  await native.goHome()
  assert.equal((await program.currentPage()).path, 'pages/index/index')
})

// --- Page -----------------------------------------------------------------------------------------------

test('elements', '$, $$, xpath, waitFor', async ({ page }) => {
  assert.equal((await page.$$('.row')).length, 3)
  assert.equal(await page.$('.none'), null)
  assert.deepEqual(await page.$$('.none'), [])
  assert.equal(await (await page.xpath('//view[@class="row"][1]')).text(), 'two')
  assert.equal(await page.xpath('//none'), null)
  assert.equal(await page.getElementByXpath('//none'), null)
  assert.equal((await page.getElementsByXpath('//view[@data-id]')).length, 3)
  await page.waitFor(10)
  await page.waitFor('.row')
  await page.waitFor(async () => (await page.data('count')) === 1)
})

test('elements', 'data, setData, callMethod', async ({ page }) => {
  assert.equal(await page.data('rows[1].name'), 'two')
  assert.equal((await page.data()).title, 'card')
  await page.setData({ 'rows[1].name': 'TWO' })
  assert.equal(await (await page.$$('.row'))[1].text(), 'TWO')
  assert.equal(await page.callMethod('add', 1, 2), 3)
  assert.equal(await page.callMethod('later', 'x'), 'x')
  await assert.rejects(page.callMethod('none'), { message: 'page.none not exists' })
})

// --- Element ----------------------------------------------------------------------------------------------

test('elements', 'text, attribute, property, style, size, offset, wxml', async ({ page }) => {
  const head = await page.$('#top')
  assert.equal(head.tagName, 'view')
  assert.equal(await head.attribute('class'), 'head big')
  assert.equal(await head.attribute('none'), null)
  assert.equal(await head.style('color'), 'rgb(255, 0, 0)')
  assert.equal((await head.size()).width, 375)
  assert.deepEqual(await head.offset(), { left: 0, top: 0 })
  assert.equal(await (await head.$('.number')).text(), '2')
  assert.equal((await head.$$('text')).length, 3)
  assert.equal(await (await page.$('.first')).outerWxml(), '<view class="row first" data-id="1">one</view>')
  assert.equal(await (await page.$('.first')).wxml(), 'one')
  const image = await page.$('image')
  assert.equal(await image.property('src'), '/pic.png')
  await assert.rejects(image.property('none'), /image.none not exists/)
  assert.equal(await (await page.$('.press')).property('hoverClass'), 'button-hover')
})

test('elements', 'tap, longpress, touch, trigger, dispatchEvent', async ({ page }) => {
  const button = await page.$('.press')
  await button.tap()
  assert.equal(await page.data('pressed'), 'tap')
  await button.longpress()
  assert.equal(await page.data('pressed'), 'long')
  const area = await page.$('.touch')
  const at = (pageX) => [{ identifier: 0, pageX, pageY: 300 }]
  await area.touchstart({ touches: at(10), changedTouches: at(10) })
  await area.touchmove({ touches: at(40), changedTouches: at(40) })
  await area.touchend({ touches: [], changedTouches: at(40) })
  assert.equal(await page.data('touches'), 'start10 move40 end40 ')
  await area.trigger('custom', { a: 1 })
  assert.deepEqual(await page.data('custom'), { a: 1 })
  await area.dispatchEvent({ eventName: 'custom', detail: { b: 2 } })
  assert.deepEqual(await page.data('custom'), { b: 2 })
})

test('elements', 'custom components', async ({ page }) => {
  const card = await page.$('card')
  assert.ok(card instanceof automator.CustomElement)
  assert.equal(await card.property('title'), 'card')
  assert.equal(await card.data('list[0].name'), 'a')
  await card.setData({ title: 'renamed' })
  assert.equal(await (await card.$('.card-title')).text(), 'renamed 0')
  assert.equal(await card.callMethod('add', 40, 2), 42)
  await card.trigger('change', { taps: 9 })
  assert.equal(await page.data('card'), 9)
  await (await (await card.$('inner')).$('.inner-body')).tap()
  assert.equal(await page.data('inner'), 'renamed!')
})

test('form', 'input, textarea, switch, slider', async ({ program }) => {
  const page = await program.navigateTo('/pages/form/form')
  const input = await page.$('#name')
  assert.ok(input instanceof automator.InputElement)
  await input.input('Grace')
  assert.equal(await page.data('name'), 'Grace')
  assert.equal(await input.value(), 'Grace')
  const words = await page.$('#words')
  await words.input('two\nlines')
  assert.equal(await page.data('words'), 'two\nlines')
  const toggle = await page.$('#on')
  assert.ok(toggle instanceof automator.SwitchElement)
  await toggle.tap()
  assert.equal(await page.data('on'), true)
  const slider = await page.$('slider')
  assert.ok(slider instanceof automator.SliderElement)
  await slider.slideTo(42)
  assert.equal(await page.data('level'), 42)
  assert.equal(await slider.value(), 42)
  await (await page.$$('radio'))[1].tap()
  assert.equal(await page.data('radio'), 'y')
  await (await page.$('picker')).trigger('change', { value: 1 })
  assert.equal(await page.data('picked'), 1)
  await (await page.$('.submit')).tap()
  assert.equal((await page.data('submitted')).name, 'Grace')
})

test('motion', 'scroll-view, swiper, movable-view, video', async ({ program }) => {
  const page = await program.navigateTo('/pages/motion/motion')
  const scroll = await page.$('scroll-view')
  assert.ok(scroll instanceof automator.ScrollViewElement)
  await scroll.scrollTo(10, 200)
  assert.deepEqual([await scroll.property('scrollLeft'), await scroll.property('scrollTop')], [10, 200])
  assert.deepEqual([await scroll.scrollWidth(), await scroll.scrollHeight()], [500, 600])
  const swiper = await page.$('swiper')
  assert.ok(swiper instanceof automator.SwiperElement)
  await swiper.swipeTo(1)
  assert.equal(await page.data('current'), 1)
  const move = await page.$('movable-view')
  assert.ok(move instanceof automator.MovableViewElement)
  await move.moveTo(40, 50)
  await sleep(1000)
  assert.deepEqual([await move.property('x'), await move.property('y')], [40, 50])
  const video = await page.$('video')
  assert.ok(video instanceof automator.ContextElement)
  await video.callContextMethod('pause')
})

async function runGroup(group) {
  const server = await serve()
  const program = await automator.connect(server)
  const page = await program.currentPage()
  let failed = 0
  for (const [of, name, fn] of tests) {
    if (of !== group) continue
    try {
      await fn({ ...server, program, page })
    } catch (error) {
      failed += 1
      console.log(`FAIL ${group}: ${name}\n${error.stack}`)
    }
  }
  program.disconnect()
  server.child.removeAllListeners('exit')
  server.child.kill()
  await new Promise((done) => { server.child.on('exit', done) })
  return failed
}

async function main() {
  const groups = [...new Set(tests.map(([group]) => group))]
  const counts = await Promise.all(groups.map(runGroup))
  const failed = counts.reduce((a, b) => a + b, 0)
  console.log(`${tests.length - failed} passed, ${failed} failed`)
  process.exit(failed ? 1 : 0)
}

main().catch((error) => {
  console.log(error.stack)
  process.exit(1)
})
