// clients/node against test/apps/automation: node node.js MINA APP; "N passed, N failed" is its last line.
'use strict'
const assert = require('node:assert/strict')
const fs = require('node:fs')
const os = require('node:os')
const path = require('node:path')
const { launch, connect, comparePictures, expectScreenshot, traced } = require('../../../clients/node')

const [mina, project] = process.argv.slice(2).map((word) => path.resolve(word))
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'mina-client-'))
const tests = []
const test = (name, fn) => tests.push([name, fn])

test('pages, elements, components', async (app) => {
  const page = await app.page()
  assert.equal(await page.text('.first'), 'one')
  await page.tap('#top')
  assert.equal(await page.data('count'), 2)
  assert.equal(await page.$('.none'), null)
  await assert.rejects(page.get('.none'), /has no .none/)
  assert.equal((await page.$$('.row')).length, 3)
  assert.equal(await (await page.xpath("//view[@data-id='3']")).text(), 'three')
  await (await page.get('.press')).longpress()
  assert.equal(await page.data('pressed'), 'long')
  const card = await page.get('card')
  assert.equal(await card.call('add', 1, 2), 3)
  await card.setData({ title: 'mine' })
  assert.equal(await (await card.$('.card-title')).text(), 'mine 0')
  await page.scrollTo(100)
  assert.equal(await page.scrollTop(), 100)
  const head = await page.get('#top')
  assert.deepEqual([await head.attribute('id'), await head.style('color'), (await head.size()).width], ['top', 'rgb(255, 0, 0)', 375])
})

test('forms and motion', async (app) => {
  let page = await app.navigateTo('/pages/form/form')
  await (await page.get('#name')).input('Ada')
  await (await page.get('slider')).slideTo(70)
  assert.deepEqual([await page.data('name'), await page.data('level'), await (await page.get('slider')).value()], ['Ada', 70, 70])
  page = await app.redirectTo('/pages/motion/motion')
  await (await page.get('swiper')).swipeTo(2)
  assert.equal(await page.data('current'), 2)
  await (await page.get('movable-view')).drag(40, 30)
  assert.ok((await page.data('x')) > 30, `x is ${await page.data('x')}`)
  await (await page.get('scroll-view')).scrollTo(0, 90)
  assert.equal(await page.data('top'), 90)
})

test('pickers, and fingers on the screen', async (app) => {
  const page = await app.navigateTo('/pages/every/every')
  await app.answer('permission', {}) // its camera asks, and its sheet is above all others
  await page.tap('#multi')
  await app.choosePicked(2, 1)
  assert.deepEqual(await page.data('turned'), [2, 1])
  await page.tap('#picker')
  await app.cancelPicker()
  assert.deepEqual([await page.data('picked'), await page.data('put')], [0, 1])
  await page.tap('#picker')
  await app.touch([[190, 560], [190, 530], [190, 464]]) // the wheel follows by two rows
  await app.touch([[350, 400]]) // 确定
  assert.equal(await page.data('picked'), 2)
  await app.touch([[20, 42]]) // the arrow of the bar
  assert.equal((await app.page()).path, 'pages/index/index')
})

test('time', async (app) => {
  const page = await app.page()
  await app.evaluate(() => { setTimeout(() => { getApp().done = true }, 60000) })
  assert.equal(await app.evaluate(() => getApp().done), undefined)
  const before = await app.time()
  await page.waitFor(() => app.evaluate(() => getApp().done), { timeout: 70000, step: 1000 })
  assert.ok((await app.time()).now - before.now >= 56000)
  await assert.rejects(page.waitFor('.never', { timeout: 500 }), /has not come within 500 ms/)
})

test('network, permissions, device, storage, memory', async (app) => {
  await app.network.answer('https://a.b/*', { n: 1 }, { delay: 50 })
  assert.deepEqual((await app.wx('request', { url: 'https://a.b/c' })).data, { n: 1 })
  await app.network.fail('https://a.b/*', 'no way')
  await assert.rejects(app.wx('request', { url: 'https://a.b/c' }), /no way/)
  await app.network.reset()
  await app.network.offline()
  await assert.rejects(app.wx('request', { url: 'https://a.b/c' }), /DISCONNECTED/)
  await app.network.online()
  await app.setPermission('scope.userInfo', true)
  assert.equal((await app.wx('authorize', { scope: 'scope.userInfo' })).errMsg, 'authorize:ok')
  await app.setDevice({ screen: { width: 400, height: 700, dpr: 1 }, model: 'mine' })
  const info = await app.wx('getSystemInfoSync')
  assert.deepEqual([info.screenWidth, info.model], [400, 'mine'])
  await app.setStorageQuota(1000)
  await assert.rejects(app.wx('setStorage', { key: 'k', data: 'x'.repeat(2000) }), /exceed storage max size/)
  await app.evaluate(() => wx.onMemoryWarning(({ level }) => { getApp().level = level }))
  await app.warnMemory(5)
  assert.equal(await app.evaluate(() => getApp().level), 5)
  await app.evaluate(() => wx.onCompassChange(({ direction }) => { getApp().direction = direction }))
  await app.tell('compassChange', { direction: 90 })
  assert.equal(await app.evaluate(() => getApp().direction), 90)
})

test('people, cards, dialogs', async (app) => {
  const bob = await app.person('bob')
  assert.equal((await bob.world()).me, 'bob')
  const page = await app.navigateTo('/pages/dialog/dialog')
  const share = await app.share('family')
  assert.equal(share.result.errMsg, 'shareAppMessage:ok')
  const messages = await bob.messages('family')
  assert.equal((await bob.openCard(messages.at(-1))).query.shared, '1')
  await bob.say('family', 'seen')
  assert.equal((await app.messages('family')).at(-1).text, 'seen')
  await page.tap('.share')
  assert.match((await app.answerShare()).result.errMsg, /cancel/)
  await page.tap('.sheet')
  await app.chooseAction(1)
  assert.equal(await page.data('answer'), 'item 1')
  await page.tap('.modal')
  assert.equal((await app.overlay()).modal.title, 'sure')
  await app.confirmModal()
  assert.equal(await page.data('answer'), 'yes')
  await page.tap('.ask')
  await app.deny()
  assert.equal(await page.data('answer'), 'denied')
})

test('mocks, exposed functions, events', async (app) => {
  const heard = []
  app.on('console', ({ args }) => heard.push(args[0]))
  app.on('exception', ({ message }) => heard.push(message))
  await app.listen()
  await app.expose('tellTest', (...args) => heard.push(args))
  await app.evaluate(() => { console.log('a'); tellTest('b', 1); setTimeout(() => { throw new Error('c') }, 0) })
  await app.mockWx('getStorageSync', (key, other) => other, 'mocked')
  assert.equal(await app.wx('getStorageSync', 'x'), 'mocked')
  await app.restoreWx('getStorageSync')
  assert.deepEqual(heard.slice(0, 2), ['a', ['b', 1]])
  assert.match(heard[2], /c/)
})

test('recordings', async (app) => {
  const recording = app.record()
  const page = await app.page()
  await page.tap('.press')
  await (await page.$$('.row'))[1].tap()
  await page.data()
  await assert.rejects(page.call('none'))
  const recorded = JSON.parse(JSON.stringify(recording.stop()))
  await app.restart()
  assert.deepEqual(await app.replay(recorded), [])
  await app.restart()
  await app.mockWx('getStorageSync', 1)
  recorded.calls[1].params.selector = '.none'
  assert.equal((await app.replay(recorded))[0].found.error, 'no such element')
})

test('pictures', async (app) => {
  await expectScreenshot(app, 'index', { folder })
  await expectScreenshot(app, 'index', { folder })
  await (await app.page()).setData({ title: 'another' })
  await assert.rejects(expectScreenshot(app, 'index', { folder }), /differs in \d+ pixels .*: \d+ x \d+ at/)
  const difference = fs.readFileSync(path.join(folder, 'index.difference.png'))
  assert.equal(difference.readUInt32BE(16), 750 * 3 + 32)
  const same = fs.readFileSync(path.join(folder, 'index.png'))
  assert.ok(comparePictures(same, same).same)
  assert.throws(() => comparePictures(same, Buffer.from('no picture')), /no PNG/)
})

test('traces', async (app) => {
  const file = path.join(folder, 'trace.html')
  await traced(app, file, async () => {})
  assert.ok(!fs.existsSync(file))
  await assert.rejects(traced(app, file, async () => {
    await (await app.page()).tap('.press')
    await app.evaluate(() => { console.log('<said>') })
    throw new Error('on purpose')
  }), /on purpose\ntrace: /)
  const html = fs.readFileSync(file, 'utf8')
  for (const part of ['on purpose', 'Element.tap', 'data:image/png;base64,', '&lt;said&gt;', 'class=&quot;press', '&quot;pressed&quot;: &quot;tap&quot;']) {
    assert.ok(html.includes(part), part)
  }
})

test('life', async (app) => {
  await app.leave()
  await app.enter({ scene: 1037 })
  const page = await app.restart({ path: 'pages/form/form', query: { a: '1' } })
  assert.deepEqual([page.path, page.query], ['pages/form/form', { a: '1' }])
  assert.ok(Array.isArray(await app.diagnostics()))
  const other = await connect({ endpoint: app.connection.endpoint })
  assert.equal((await other.page()).path, 'pages/form/form')
  await other.close()
  await assert.rejects(launch({ project: '/nowhere', mina }), /mina ended with status 1/)
})

async function main() {
  let failed = 0
  for (const [name, fn] of tests) {
    const app = await launch({ project, mina })
    try {
      await fn(app)
    } catch (error) {
      failed += 1
      console.log(`FAIL ${name}\n${error.stack}`)
    }
    await app.close()
    if (app.child.exitCode !== 0) {
      failed += 1
      console.log(`FAIL ${name}: mina ended with ${app.child.exitCode}`)
    }
  }
  fs.rmSync(folder, { recursive: true })
  console.log(`${tests.length - failed} passed, ${failed} failed`)
  process.exit(failed ? 1 : 0)
}

main().catch((error) => {
  console.log(error.stack)
  process.exit(1)
})
