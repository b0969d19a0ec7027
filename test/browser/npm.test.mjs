// npm build (构建 npm) by its button.
import { accessibility, check, finish, folder, open, until } from './harness.mjs'

const app = folder({
  'app.json': { pages: ['a'] }, 'app.js': 'App({})', 'a.wxml': '<view>a</view>',
  'a.js': 'try { console.log("got", require("one")) } catch (e) { console.log("not built") } Page({})',
  'package.json': { dependencies: { one: '1', two: '2' } }, 'node_modules/one/package.json': { version: '1.0.0' }, 'node_modules/one/index.js': 'module.exports = 1',
})
const { page, program, problems, shot } = await open(app)
check('before', await until(() => program.lines.includes('not built')))
await page.getByRole('button', { name: '构建 npm' }).click()
const dialog = page.getByRole('dialog', { name: '构建 npm' })
check('what was built is told', await until(async () => (await dialog.textContent()).includes('one 1.0.0 → miniprogram_npm/one')), await dialog.textContent())
check('and what is wrong', (await dialog.textContent()).includes('The package two is not in node_modules'))
check('the program starts anew with it', await until(() => program.lines.includes('got 1')))
check('axe finds nothing', (await accessibility(page)).length === 0, await accessibility(page))
await shot('npm')
await page.getByRole('button', { name: '关闭' }).click()
check('it can be put away', await until(async () => (await page.getByRole('dialog').count()) === 0))
check('no error in the browser', problems.length === 0, problems)
await finish()
