// The simulator in a browser on this machine: start, frames a second, bytes and latency while scrolling, memory when idle and after many
// reloads; beside Chromium's own remote screen (the screencast of its DevTools protocol) of the same program on the oracle's glass-easel,
// in one run. The peer is named by ORACLE, as for run.py; it needs test/node_modules (make test).
//
//     ORACLE=/path/to/oracle node bench/simulator.mjs [mina] [--idle SECONDS] [--reloads N]
import { spawn } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const { chromium } = createRequire(join(root, 'test/package.json'))('playwright-core')
const words = process.argv.slice(2)
const option = (name, fallback) => (words.includes(name) ? Number(words[words.indexOf(name) + 1]) : fallback)
const mina = words[0] && !words[0].startsWith('--') ? words[0] : join(root, 'build/mina')
const app = mkdtempSync(join(tmpdir(), 'mina-bench-'))
const SCROLL_MS = 4000
const STEP = 7 // CSS px a frame
const TRIES = 60
const sleep = (ms) => new Promise((done) => { setTimeout(done, ms) })
const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)]
const percentile = (list, part) => [...list].sort((a, b) => a - b)[Math.min(list.length - 1, Math.floor(list.length * part))]

function row(name, unit, ours, theirs, biggerIsBetter = false) {
  const peer = theirs === undefined ? '' : ` peer ${theirs.toFixed(1).padStart(9)} ${unit.padEnd(5)} ${(biggerIsBetter ? ours / theirs : theirs / ours).toFixed(1).padStart(7)} times better`
  console.log(`${name.padEnd(44)} mina ${ours.toFixed(1).padStart(9)} ${unit.padEnd(5)}${peer}`)
}

async function launch() {
  const known = ['/usr/bin/chromium', '/usr/bin/google-chrome'].find((path) => existsSync(path))
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? known, args: ['--no-sandbox', '--disable-dev-shm-usage'] })
}

const memory = (pid) => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024
const computed = (pid) => readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ').slice(11, 13).reduce((sum, ticks) => sum + Number(ticks) * 10, 0)

async function startMina() {
  const began = performance.now()
  const child = spawn(mina, ['run', app], { stdio: ['ignore', 'pipe', 'inherit'] })
  const url = await new Promise((done) => { child.stdout.on('data', (data) => { const found = /http:\S+/.exec(data); if (found) done(found[0]) }) })
  return { child, url, ms: performance.now() - began }
}

/** In the simulator's page: scrolls for a while, then single steps. */
async function scrollHere([ms, step, tries]) {
  const phone = window.mina.current()
  const wheel = (dy) => phone.call('Phone.wheel', { x: 180, y: 400, dx: 0, dy })
  let frames = 0
  let bytes = 0
  const count = ({ detail }) => { frames += 1; bytes += detail.bytes }
  phone.element.addEventListener('shown', count)
  const began = performance.now()
  while (performance.now() - began < ms) {
    wheel(step)
    await new Promise(requestAnimationFrame)
  }
  const passed = performance.now() - began
  phone.element.removeEventListener('shown', count)
  const waits = []
  for (let i = 0; i < tries; i += 1) {
    await new Promise((done) => { setTimeout(done, 200 + Math.random() * 33) })
    const from = performance.now()
    const shown = new Promise((done) => { phone.element.addEventListener('shown', done, { once: true }) })
    wheel(i % 2 ? 40 : -40)
    await shown
    waits.push(performance.now() - from)
  }
  return { rate: (frames * 1000) / passed, bytes: bytes / 1024 / (passed / 1000), waits }
}

async function ours(browser) {
  const { child, url, ms } = await startMina()
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
  await page.goto(url)
  await page.waitForFunction(() => window.mina?.current()?.shown)
  await page.waitForTimeout(300)
  const before = computed(child.pid)
  const found = await page.evaluate(scrollHere, [SCROLL_MS, STEP, TRIES])
  found.computed = computed(child.pid) - before
  found.start = ms
  const begin = memory(child.pid)
  const rest = computed(child.pid)
  await sleep(option('--idle', 20) * 1000)
  found.idle = { before: begin, after: memory(child.pid), computed: (computed(child.pid) - rest) / option('--idle', 20) }
  await page.close()
  child.kill('SIGTERM')
  return found
}

async function reloads() {
  const count = option('--reloads', 200)
  const { child } = await startMina()
  await sleep(300)
  const before = memory(child.pid)
  const [script, sheet] = [join(app, 'app.js'), join(app, 'pages/list/list.wxss')].map((path) => ({ path, text: readFileSync(path, 'utf8') }))
  const began = performance.now()
  for (let i = 0; i < count; i += 1) {
    const { path, text } = i % 2 ? script : sheet
    writeFileSync(path, `${text}\n/* ${i} */`)
    await sleep(100)
  }
  await sleep(1000)
  const found = { before, after: memory(child.pid), count, ms: performance.now() - began }
  child.kill('SIGTERM')
  return found
}

/** Chromium's screencast of the same page. */
async function theirs() {
  const oracle = process.env.ORACLE
  const load = (name) => import(pathToFileURL(join(oracle, 'lib', name)))
  const [{ servePage }, { launch: start, openPage }, { scopedSelector }] = await Promise.all([load('serve.mjs'), load('browser.mjs'), load('run.mjs')])
  const options = { appDir: app, width: 375, height: 667, dpr: 2, query: {}, settle: 0, page: 'pages/list/list' }
  const served = await servePage(options) // compiling is not measured
  const began = performance.now()
  const browser = await start({})
  const { page } = await openPage(browser, { ...options, url: served.url })
  await page.locator(scopedSelector('.row')).first().waitFor()
  const found = { start: performance.now() - began, waits: [] }
  const session = await page.context().newCDPSession(page)
  let frames = 0
  let bytes = 0
  let hear = () => {}
  session.on('Page.screencastFrame', ({ data, sessionId }) => {
    frames += 1
    bytes += data.length * 0.75
    session.send('Page.screencastFrameAck', { sessionId })
    hear()
  })
  await session.send('Page.startScreencast', { format: 'jpeg', quality: 82 })
  await sleep(500)
  const wheel = (deltaY) => session.send('Input.dispatchMouseEvent', { type: 'mouseWheel', x: 180, y: 400, deltaX: 0, deltaY }).catch(() => {})
  frames = 0
  bytes = 0
  const from = performance.now()
  while (performance.now() - from < SCROLL_MS) {
    wheel(STEP)
    await sleep(16)
  }
  const passed = performance.now() - from
  found.rate = (frames * 1000) / passed
  found.bytes = bytes / 1024 / (passed / 1000)
  for (let i = 0; i < TRIES; i += 1) {
    await sleep(200 + Math.random() * 33)
    const at = performance.now()
    const shown = new Promise((done) => { hear = done })
    wheel(i % 2 ? 40 : -40)
    await Promise.race([shown, sleep(1000)])
    found.waits.push(performance.now() - at)
  }
  await browser.close()
  await served.close()
  return found
}

cpSync(join(root, 'bench/apps/scroll'), app, { recursive: true })
const browser = await launch()
const found = await ours(browser)
await browser.close()
const peer = process.env.ORACLE ? await theirs() : undefined
const again = await reloads()
row('simulator: start until it is served', 'ms', found.start, peer?.start)
row('simulator: frames a second while scrolling', '/s', found.rate, peer?.rate, true)
row('simulator: bytes a second while scrolling', 'kB/s', found.bytes, peer?.bytes)
row('simulator: a wheel until its picture, median', 'ms', median(found.waits), peer && median(peer.waits))
row('simulator: ... 95 of 100', 'ms', percentile(found.waits, 0.95), peer && percentile(peer.waits, 0.95))
row('simulator: computing while scrolling', '%', (found.computed / SCROLL_MS) * 100)
row(`simulator: memory before ${option('--idle', 20)} s of idling`, 'MB', found.idle.before)
row('simulator: ... after', 'MB', found.idle.after)
row('simulator: computing while idle', 'ms/s', found.idle.computed)
row(`simulator: memory before ${again.count} reloads`, 'MB', again.before)
row('simulator: ... after', 'MB', again.after)
rmSync(app, { recursive: true, force: true })
