// The panels beside the phone: elements and styles, data, storage, console, calls, network, performance, diagnostics.
import { accessibility, check, finish, folder, open, until } from './harness.mjs'

const app = folder({
  'app.json': { pages: ['pages/a/a'], window: { navigationBarTitleText: '面板' }, oddKey: 1 },
  'app.js': 'App({})',
  'pages/a/a.json': { usingComponents: { card: '/card/card' } },
  'pages/a/a.wxml': '<view class="box" id="b" bindtap="act" style="margin: 4px">{{text}}</view><card name="n"/>',
  'pages/a/a.wxss': '.box {\n  height: 100px;\n  background: #f00\n}',
  'pages/a/a.js': `Page({ data: { text: 'hello', deep: { list: [1, { x: true }] } },
    act() { console.log('acted', { a: [1, 2], f: { g: 'h' } }); console.warn('careful'); wx.setStorageSync('k', { v: 1 }); this.setData({ text: 'tapped' })
      wx.request({ url: 'https://a.example/x', method: 'POST', data: { q: 1 }, header: { 'X-A': 'b' }, success: () => {} }); wx.getSystemInfo({}) } })`,
  'card/card.json': { component: true }, 'card/card.wxml': '<view class="inner">{{name}}</view>', 'card/card.wxss': '.inner { color: blue }',
  'card/card.js': 'Component({ properties: { name: String } })',
  's.json': { request: [{ url: 'https://a.example/*', reply: { data: { answer: 42 }, statusCode: 201 } }] },
})
const { page, program, tap, pixel, shot, problems } = await open(app, { words: ['--script', `${app}/s.json`] })
const BAR = 64
const tab = (name) => page.getByRole('tab', { name, exact: true }).click()
const panel = () => page.locator('.panel:visible')
const says = (text) => until(async () => (await panel().textContent()).includes(text), 8000)

await tab('WXML')
check('the tree is there', await says('<view') && await says('hello') && await says('<card') && await says('n'))
await page.getByRole('button', { name: '选取节点' }).click()
await tap(180, BAR + 50)
check('a click in the phone chooses', await says('.box') && await says('pages/a/a.wxss:1'), await panel().textContent())
check('which the program does not hear of', !program.lines.includes('acted'))
check('its box', await says('4 4 4 4'), await panel().textContent())
await page.getByLabel('内联样式').fill('margin: 4px; background: #00f')
check('its style can be changed at once', await until(async () => JSON.stringify(await pixel(180, BAR + 50)) === '[0,0,255]'), await pixel(180, BAR + 50))
await page.locator('.node', { hasText: '<card' }).first().hover()
check('what is pointed at is shown', await until(() => page.locator('.highlight').isVisible()))
await shot('panel-wxml')

await tab('Console')
await tap(180, BAR + 50)
check('the console', await says('acted') && await says('careful') && await says('pages/a/a.js:2'), await panel().textContent())
await page.locator('.lines details').first().locator('summary').first().click()
check('objects open', await says('g'))
const prompt = page.getByLabel('在小程序中执行')
await prompt.fill('getCurrentPages()[0].data.deep')
await prompt.press('Enter')
check('a line runs in the program', await says('list'), await panel().textContent())
await prompt.fill('nothing.here')
await prompt.press('Enter')
check('its errors are told', await says("Can't find variable: nothing"), await panel().textContent())
await prompt.fill('const y = 20; return y * 2 + 1')
await prompt.press('Enter')
check('statements too', await says('41'), await panel().textContent())
await shot('panel-console')

await tab('AppData')
check('the data', await says('tapped') && await says('deep'))
await page.getByRole('button', { name: 'text = "tapped"' }).click()
await page.getByLabel('text', { exact: true }).fill('"changed"')
await page.keyboard.press('Enter')
await shot('panel-data')
await tab('WXML')
check('what is changed there is on the page', await says('changed'), await panel().textContent())

await tab('Storage')
check('the storage', await until(async () => (await page.getByLabel('k', { exact: true }).inputValue()) === '{"v":1}'))
await page.getByLabel('key').fill('new')
await page.getByLabel('值').fill('[1]')
await page.getByRole('button', { name: '添加' }).click()
check('an item more', await until(async () => (await panel().textContent()).includes('array')))
await page.getByRole('button', { name: '删除 k' }).click()
check('an item less', await until(async () => (await page.getByLabel('k', { exact: true }).count()) === 0))
await shot('panel-storage')
await page.getByRole('button', { name: '清空' }).click()
check('none', await says('0 ·'))

await tab('Network')
await tap(180, BAR + 50)
check('a request', await says('https://a.example/x') && await says('201'), await panel().textContent())
await page.locator('tr', { hasText: 'a.example' }).first().click()
check('its headers and its answer', await says('X-A') && await says('answer'), await panel().textContent())
await page.getByRole('button', { name: '重发' }).click()
check('once more', await until(async () => (await page.locator('tbody tr', { hasText: 'a.example' }).count()) >= 2))
await shot('panel-network')

await tab('API 调用')
check('calls', await says('wx.getSystemInfo') && await says('wx.setStorageSync'), await panel().textContent())
await panel().getByLabel('筛选').fill('storage')
check('filtered', await until(async () => !(await panel().locator('tbody').textContent()).includes('getSystemInfo')))
await shot('panel-calls')
await tab('性能')
await tap(180, BAR + 50)
check('performance', await says('setData 次数') && await says('pages/a/a'), await panel().textContent())
await shot('panel-performance')
await tab('诊断')
check('diagnostics with their place', await says('app.json:') && await says('oddKey'), await panel().textContent())
await shot('panel-diagnostics')
await page.getByRole('button', { name: '重新编译' }).click()
check('after a restart they go on', await says('oddKey'))
for (const name of ['WXML', 'Console', 'Network', 'AppData', 'Storage', 'API 调用', '性能', '诊断']) {
  await tab(name)
  const wrong = await accessibility(page)
  check(`axe finds nothing in ${name}`, wrong.length === 0, wrong)
}
await page.getByRole('tab', { name: '诊断' }).focus()
await page.keyboard.press('ArrowRight')
check('tabs by keys', (await page.getByRole('tab', { selected: true }).textContent()) === (await page.getByRole('tab').first().textContent()))
check('no error in the browser', problems.length === 0, problems)
await finish()
