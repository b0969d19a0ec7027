// The steps of automation.py with playwright-core and Chromium, on the pages that the oracle's glass-easel serves.
// node automation_peer.mjs ORACLE APP: prints {ready, steps} in ms.
import path from 'node:path'
import { pathToFileURL } from 'node:url'

const [oracle, app] = process.argv.slice(2)
const load = (name) => import(pathToFileURL(path.join(oracle, 'lib', name)))
const [{ servePage }, { launch, openPage }, { scopedSelector }] = await Promise.all([load('serve.mjs'), load('browser.mjs'), load('run.mjs')])

const options = { appDir: app, width: 375, height: 667, dpr: 2, query: {}, settle: 0 }
const list = await servePage({ ...options, page: 'pages/list/list' }) // compiling is not measured
const detail = await servePage({ ...options, page: 'pages/detail/detail' })

const began = performance.now()
const browser = await launch({})
const { page, context } = await openPage(browser, { ...options, page: 'pages/list/list', url: list.url })
for (const { url } of [list, detail]) await page.route(`${new URL(url).origin}/**`, (route) => route.continue()) // both, not the first alone
await page.locator(scopedSelector('.row')).first().waitFor()
const ready = performance.now() - began

const go = async (url, selector) => {
  await page.goto(url)
  await page.locator(scopedSelector(selector)).first().waitFor()
}
const text = (selector) => page.locator(scopedSelector(selector)).first().innerText()
const from = performance.now()
for (let i = 1; i <= 5; i += 1) {
  await go(list.url, '.row')
  await page.locator(scopedSelector('.row')).nth(i).tap()
  await page.waitForFunction((wanted) => document.querySelector('[class~="chosen"], [class$="--chosen"]').innerText === wanted, String(i + 1))
  if ((await text('.chosen')) !== String(i + 1)) throw new Error('the tap was not seen')
  await go(detail.url, '.line')
  if ((await text('.title')) !== 'All of it') throw new Error('the title is another')
  await page.screenshot()
}
const steps = performance.now() - from
console.log(JSON.stringify({ ready, steps }))
await context.close()
await browser.close()
await list.close()
await detail.close()
