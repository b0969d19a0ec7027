// The phone: its picture, fingers, mouse, wheel, keys, an input method, paste, and what it costs to look at it.
import { accessibility, check, finish, folder, open, until } from './harness.mjs'

const rows = Array.from({ length: 60 }, (_, i) => `<view class="row" style="background: hsl(${i * 6}, 60%, 70%)">row ${i}</view>`).join('\n')
const app = folder({
  'app.json': { pages: ['pages/a/a', 'pages/b/b'], window: { navigationBarTitleText: '手机' } },
  'app.js': 'App({})',
  'pages/a/a.wxml': `<view class="box" catchtouchstart="touched" catchtouchmove="touched" catchtouchend="touched">{{fingers}}</view>
<input class="in" value="{{text}}" bindinput="typed" bindconfirm="confirmed" bindkeyboardcompositionend="composed"/><view bindtap="go" class="go">go</view>${rows}`,
  'pages/a/a.wxss': '.box { height: 100px; background: #f00 } .in { height: 40px; background: #eee } .go { height: 40px } .row { height: 50px }',
  'pages/a/a.js': `Page({ data: { text: '', fingers: 0 },
    touched(e) { this.setData({ fingers: e.touches.length }); console.log(e.type, e.touches.length) },
    typed(e) { console.log('typed', e.detail.value, e.detail.cursor) },
    confirmed(e) { console.log('confirmed', e.detail.value) },
    composed(e) { console.log('composed', e.detail.data) },
    go() { wx.navigateTo({ url: '/pages/b/b' }) },
    onPageScroll(e) { console.log('scrolled', e.scrollTop) } })`,
  'pages/b/b.wxml': '<view>b</view>',
  'pages/b/b.js': 'Page({ onUnload() { console.log("b is gone") } })',
})
const { page, program, tap, pixel, call, state, shot, problems } = await open(app)
const says = (text) => until(() => program.lines.includes(text), 5000)
const BAR = 64

check('the picture is there', JSON.stringify(await pixel(10, BAR + 10)) === '[255,0,0]', await pixel(10, BAR + 10))
check('its path is told', (await page.textContent('.path')) === 'pages/a/a')
check('the title too', (await page.title()).endsWith('mina'))
await tap(100, BAR + 50)
check('a click is a finger', await says('touchstart 1') && await says('touchend 0'))
await page.keyboard.down('Alt')
await tap(100, BAR + 50)
await page.keyboard.up('Alt')
check('with Alt there are two', await says('touchend 1'), program.lines)

const box = await page.evaluate(() => { const { left, top } = window.mina.current().glass.getBoundingClientRect(); return { left, top } })
await page.mouse.move(box.left + 180, box.top + 400)
await page.mouse.wheel(0, 120)
check('a wheel scrolls', await says('scrolled 120'), program.lines.slice(-300))
await page.mouse.wheel(0, -500)
check('and back', await says('scrolled 0'))
await page.mouse.move(box.left + 180, box.top + 500)
await page.mouse.down()
await page.mouse.move(box.left + 180, box.top + 300, { steps: 8 })
await page.mouse.up()
check('a drag scrolls', await until(async () => /scrolled 1[0-9]{2}/.test(program.lines)), program.lines.slice(-300))
await page.waitForTimeout(1500)
await page.mouse.wheel(0, -9999)
await until(async () => JSON.stringify(await pixel(10, BAR + 10)) === '[255,0,0]')

await tap(100, BAR + 120)
check('a tap on an input opens the keyboard', await until(async () => (await state()).overlay.keyboard))
check('the hidden field has the focus', await until(() => page.evaluate(() => document.activeElement.className === 'keyboard')))
await page.keyboard.type('ab c')
check('keys arrive', await says('typed ab c 4'), program.lines.slice(-400))
await page.keyboard.press('ArrowLeft')
await page.keyboard.press('Backspace')
check('in the middle too', await says('typed abc 2'), program.lines.slice(-400))
await page.keyboard.insertText('粘贴')
check('and paste', await says('typed ab粘贴c 4'), program.lines.slice(-400))
const session = await page.context().newCDPSession(page)
await session.send('Input.imeSetComposition', { text: 'ni', selectionStart: 2, selectionEnd: 2 })
await session.send('Input.imeSetComposition', { text: 'nihao', selectionStart: 5, selectionEnd: 5 })
check('nothing is typed while Chinese is composed', !program.lines.includes('typed ab粘贴nihao'), program.lines.slice(-300))
await session.send('Input.insertText', { text: '你好' })
check('what was composed is', await says('typed ab粘贴你好c 6') && await says('composed 你好'), program.lines.slice(-400))
await shot('phone-typing')
const caret = await state()
check('the caret is where the text ends', caret.caret && caret.caret.y > BAR + 90 && caret.caret.y < BAR + 140 && caret.caret.x > 40, caret.caret)
await page.keyboard.press('Enter')
check('Enter confirms', await says('confirmed ab粘贴你好c'), program.lines.slice(-300))
await until(async () => !(await state()).overlay.keyboard)

await tap(100, BAR + 160)
check('a tap goes on', await until(async () => (await state()).path === 'pages/b/b'))
check('the page tells its path', await until(async () => (await page.textContent('.path')) === 'pages/b/b'))
await page.getByRole('button', { name: '返回' }).click()
check('a button goes back', await says('b is gone'))
await call('Phone.resize', { width: 320, height: 568, dpr: 3 })
check('another screen', await until(() => page.evaluate(() => document.querySelector('canvas').width === 960)))
await shot('phone-small')
check('its glass has that size', await page.evaluate(() => window.mina.current().glass.getBoundingClientRect().width === 320))
await page.getByRole('button', { name: 'English' }).click()
await page.waitForFunction(() => window.mina?.current()?.shown)
check('in English', await page.getByRole('button', { name: 'Back' }).isVisible())
check('axe finds nothing', (await accessibility(page)).length === 0, await accessibility(page))
check('no error in the browser', problems.length === 0, problems)
await finish()
