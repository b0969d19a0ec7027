// 转发 by clicking only: Alice shares a card to a group and to Bob with a word, Bob opens it on a second phone beside the first and shares
// it back; cancel and failure; chats, forwarding and deleting.
import { join } from 'node:path'
import { accessibility, check, finish, open, root, until } from './harness.mjs'

const app = join(root, 'examples/share')
const { page, program, tap, shot, problems, state } = await open(app, { viewport: { width: 1720, height: 860 } })
const text = (selector) => page.textContent(selector)
const says = (selector, words, limit = 8000) => until(async () => (await page.locator(selector).allTextContents()).some((one) => one.includes(words)), limit)
const share = () => tap(329, 229)
const chooser = page.locator('.chooser:not([hidden])')
const states = () => page.evaluate(() => window.mina.desk.phones.map(({ person, state: { path, query } }) => ({ person, path, query })))

check('the chats are there', await says('.chat-list', '一家人') || await says('.chat-list', 'family'), await text('.chat-list'))
await share()
check('the host asks where to', await until(() => chooser.count()))
await shot('world_chooser')
check('nothing is chosen', await chooser.locator('button.main').isDisabled())
await chooser.getByText('取消').click()
check('cancelled', await until(async () => (await chooser.count()) === 0))
check('nothing was sent', !(await says('.chat-list', '[小程序]', 300)))

await share()
await until(() => chooser.count())
await chooser.locator('input[value="group:family"]').check()
await chooser.getByText('失败').click()
check('failed', await until(async () => (await chooser.count()) === 0))
check('nothing was sent then', !(await says('.chat-list', '[小程序]', 300)))

await share()
await until(() => chooser.count())
await chooser.locator('input[value="group:family"]').check()
await chooser.locator('input[value="single:alice,bob"]').check()
await chooser.locator('input[type=text]').fill('来吗？')
await chooser.getByRole('button', { name: '发送' }).click()
check('both chats have it', await until(async () => {
  const rows = await page.locator('.chat-list button').allTextContents()
  return rows.filter((one) => one.includes('来吗？')).length === 2
}), await page.locator('.chat-list').allTextContents())
await page.locator('[data-chat="group:family"]').click()
check('a card with its title', await says('.log .card strong', '喝茶'), await text('.log'))
check('its program', await says('.log .card small', '转发示例'), await text('.log'))
check('and its picture', await until(() => page.locator('.log .card img').evaluate((img) => img.complete && img.naturalWidth > 0)))
check('and the word', await says('.log p.bubble', '来吗？'))
await shot('world_chat')

await page.locator('.message:has(.card) .more summary').click()
await page.locator('[data-open=bob]').click()
check('a second phone beside the first', await until(async () => (await page.locator('.phone').count()) === 2))
check('it is at the card', await until(async () => (await states()).some(({ person, path }) => person === 'bob' && path === 'pages/card/card')), await states())
check('the first stays where it is', (await state()).path === 'pages/index/index')
await shot('world_two_phones')
check('axe finds nothing', (await accessibility(page)).length === 0, await accessibility(page))

const bob = page.locator('.phone').nth(1)
const glass = await bob.locator('.glass').boundingBox()
await page.mouse.click(glass.x + 10, glass.y + 42) // the program's bar: the phone is chosen by it
check('the panels are of the phone that was touched', await until(async () => (await page.locator('.chats select').inputValue()) === 'bob'))
const box = await page.evaluate(async () => {
  const phone = window.mina.desk.phones[1]
  const { pageId } = await phone.call('App.getCurrentPage')
  const { elementId } = await phone.call('Page.getElement', { pageId, selector: '#forward' })
  const { left, top } = await phone.call('Element.getOffset', { pageId, elementId })
  const { properties: [width, height] } = await phone.call('Element.getDOMProperties', { pageId, elementId, names: ['offsetWidth', 'offsetHeight'] })
  return { x: left + width / 2, y: top + height / 2, screen: phone.state }
})
const bar = (await page.evaluate(() => window.mina.desk.phones[1].state.height)) > 700 ? 68 : 64
await page.mouse.click(glass.x + box.x, glass.y + bar + box.y)
check('he is asked, too', await until(() => chooser.count()))
await chooser.locator('input[value="single:alice,bob"]').check()
await chooser.getByRole('button', { name: '发送' }).click()
await page.locator('[data-chat="single:alice,bob"]').click()
check('Alice has two cards now', await until(async () => (await page.locator('.log .card').count()) === 2), await text('.log'))
check('his is on the right', (await page.locator('.message.own .card').count()) === 1)
await page.locator('.chats select').selectOption('alice')
await page.locator('[data-chat="single:alice,bob"]').click()
await until(async () => (await page.locator('.message:not(.own) .card').count()) === 1)
await page.locator('.message:not(.own) .card').click()
check('hers opens on her phone', await until(async () => (await states()).some(({ person, path }) => person === 'alice' && path === 'pages/card/card')), await states())
check('the round trip has no error', !program.lines.includes('error'), program.lines.slice(-800))

await page.locator('.chats form input').fill('看到了')
await page.keyboard.press('Enter')
check('a message is written', await says('.message.own p.bubble', '看到了'))
await page.locator('.message:has-text("看到了") .more summary').click()
await page.locator('.message:has-text("看到了") .menu').getByText('转发给 一家人').click().catch(() => {})
await page.locator('[data-chat="group:family"]').click()
check('and sent on', await says('.log p.bubble', '看到了'), await text('.log'))
await page.locator('.message:has-text("看到了") .more summary').click()
await page.locator('.message:has-text("看到了") .menu').getByText('删除').click()
check('and deleted', await until(async () => !(await text('.log')).includes('看到了')))

await page.evaluate(() => Promise.all(['carol', 'dave'].map((person) => window.mina.desk.open(person))))
check('four phones leave room for the panels', await until(async () => (await page.locator('.phone').count()) === 4) && (await page.locator('.panels').boundingBox()).width >= 420,
  await page.locator('.panels').boundingBox())
for (const last of [3, 2]) {
  await page.locator('.put-away').nth(last).click()
  await until(async () => (await page.locator('.phone').count()) === last)
}
await page.locator('.put-away').nth(1).click()
check('a phone is put away', await until(async () => (await page.locator('.phone').count()) === 1))
check('the last one has no way to', !(await page.locator('.put-away').isVisible()))
check('the page had no errors', problems.length === 0, problems)
await finish()
