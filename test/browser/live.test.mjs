// Files that change while the program runs: style sheets in place, everything else with the pages restored.
import { accessibility, check, finish, folder, open, until, write } from './harness.mjs'

const files = {
  'app.json': { pages: ['pages/a/a', 'pages/b/b'] },
  'app.js': 'App({ onLaunch() { console.log("launched") } })',
  'app.wxss': '@import "common.wxss";',
  'common.wxss': '.c { height: 100px; background: #00f }',
  'pages/a/a.wxml': '<view class="c"></view><view class="n" bindtap="more">{{n}}</view><card/>',
  'pages/a/a.wxss': '.n { height: 100px; background: #f00 }',
  'pages/a/a.json': { usingComponents: { card: '/card/card' } },
  'pages/a/a.js': 'Page({ data: { n: 0 }, more() { this.setData({ n: this.data.n + 1 }); console.log("n", this.data.n) }, onLoad(q) { console.log("a", JSON.stringify(q)) } })',
  'pages/b/b.wxml': '<view class="c b">{{q}}</view>',
  'pages/b/b.js': 'Page({ onLoad(q) { console.log("b", JSON.stringify(q)); this.setData(q) } })',
  'card/card.json': { component: true },
  'card/card.wxml': '<view class="k"></view>',
  'card/card.wxss': '.k { height: 100px; background: #0f0 }',
  'card/card.js': 'Component({})',
}
const app = folder(files)
const { program, tap, pixel, call, state, shot, page, problems } = await open(app, { words: ['--page', 'pages/a/a?x=1'] })
const BAR = 64
const shows = (x, y, color) => until(async () => JSON.stringify(await pixel(x, y)) === JSON.stringify(color), 8000)
const count = (text) => program.lines.split(text).length - 1

check('it begins', await shows(200, BAR + 50, [0, 0, 255]) && await shows(200, BAR + 150, [255, 0, 0]) && await shows(200, BAR + 250, [0, 255, 0]))
await tap(200, BAR + 150)
check('a tap counts', await until(() => program.lines.includes('n 1')))
write(app, { 'pages/a/a.wxss': '.n { height: 100px; background: #ff0 }' })
check("a page's sheet is read anew", await shows(200, BAR + 150, [255, 255, 0]), await pixel(200, BAR + 150))
write(app, { 'common.wxss': '.c { height: 100px; background: #0ff }' })
check('an imported one too', await shows(200, BAR + 50, [0, 255, 255]), await pixel(200, BAR + 50))
write(app, { 'card/card.wxss': '.k { height: 50px; background: #f0f }' })
check("and a component's", await shows(200, BAR + 225, [255, 0, 255]), await pixel(200, BAR + 225))
await tap(200, BAR + 150)
check('the data are still there', await until(() => program.lines.includes('n 2')) && count('launched') === 1, program.lines)
for (let i = 0; i < 20; i += 1) write(app, { 'pages/a/a.wxss': `.n { height: 100px; background: rgb(0, 0, ${i}) }` })
check('the last of many counts', await shows(200, BAR + 150, [0, 0, 19]), await pixel(200, BAR + 150))
write(app, { 'pages/a/a.wxss': '.n { height: 100px; background: #f00; width: 10xyz }' })
check('a broken sheet is told', await until(() => /pages\/a\/a\.wxss:1:\d+/.test(program.lines), 5000), program.lines.slice(-400))

await page.evaluate(() => window.mina.current().call('App.callWxMethod', { method: 'navigateTo', args: [{ url: '/pages/b/b?q=two%20words' }] }))
check('a second page', await until(async () => (await state()).path === 'pages/b/b'))
write(app, { 'pages/b/b.wxml': '<view class="c b" style="background: #808080">{{q}}</view>' })
check('a template starts it anew', await until(() => count('launched') === 2), program.lines.slice(-300))
check('on the same pages', await until(async () => (await state()).pages === 2 && (await state()).path === 'pages/b/b'), await state())
check('with their queries', await until(() => count('a {"x":"1"}') === 2 && count('b {"q":"two%20words"}') === 2), program.lines)
check('and shows it', await shows(200, BAR + 50, [128, 128, 128]))
write(app, { 'app.js': 'App({ onLaunch() { console.log("launched"); }' })
check('a mistake is told in the phone', await until(() => page.getByRole('alert').isVisible()) && (await page.getByRole('alert').textContent()).includes('app.js:2:1: SyntaxError'),
  await state())
await shot('live-broken')
await page.getByRole('button', { name: '知道了' }).click()
check('and put away', !(await page.getByRole('alert').isVisible()))
write(app, { 'app.json': '{' })
check('when nothing can run, it says so', await until(async () => (await state()).alive === false) && (await page.getByRole('alert').textContent()).includes('app.json:1:'), await state())
write(app, { 'app.json': files['app.json'] })
write(app, { 'app.js': 'App({ onLaunch() { console.log("launched", "again") } })' })
check('mended, it comes back where it was', await until(async () => (await state()).alive && (await state()).path === 'pages/b/b' && (await state()).pages === 2), await state())
check('and the mistake goes', !(await page.getByRole('alert').isVisible()))
write(app, { 'pages/c/c.js': 'Page({ onLoad() { console.log("c is here") } })', 'pages/c/c.wxml': '<view>c</view>', 'app.json': { pages: ['pages/a/a', 'pages/c/c'] } })
check('a page that is gone is left', await until(async () => (await state()).path === 'pages/a/a' && (await state()).alive), await state())
await call('App.callWxMethod', { method: 'navigateTo', args: [{ url: '/pages/c/c' }] })
check('a new folder is seen', await until(() => program.lines.includes('c is here')))
write(app, { 'pages/c/c.js': 'Page({ onLoad() { console.log("c is new") } })' })
check('and watched', await until(() => program.lines.includes('c is new')))
await page.getByRole('button', { name: '重新编译' }).click()
check('a button starts it anew', await until(() => count('c is new') === 2))
await page.getByRole('button', { name: '启动参数' }).click()
const dialog = page.getByRole('dialog', { name: '启动参数' })
await dialog.getByLabel('页面').selectOption('pages/a/a')
await dialog.getByLabel('参数').fill('from=dialog')
await dialog.getByLabel('场景值').fill('1047')
const wrong = await accessibility(page)
check('axe finds nothing in the dialog', wrong.length === 0, wrong)
await dialog.getByRole('button', { name: '启动' }).click()
check('another way in', await until(() => program.lines.includes('a {"from":"dialog"}')), program.lines.slice(-300))
const { result } = await call('App.callFunction', { functionDeclaration: 'function () { return wx.getLaunchOptionsSync().scene }', args: [] })
check('with its scene', result === 1047, result)
await page.getByRole('button', { name: '重新编译' }).click()
check('and it stays so', await until(() => count('a {"from":"dialog"}') === 2))
check('no error in the browser', problems.length === 0, problems)
await finish()
