// A started simulator in a headless browser, for the tests beside this file. Each test is a program: node NAME.test.mjs MINA; it
// prints "N passed, N failed" at its end. Pictures go to build/browser, for people to look at.
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const require = createRequire(import.meta.url)
const { chromium } = require('playwright-core')

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..')
const mina = resolve(process.argv[2] ?? join(root, 'build/mina'))
const pictures = join(root, 'build/browser')
const LIMIT = 30000 // ms that nothing here takes unless something is broken
const endings = []
let passed = 0
let failed = 0

export function check(name, holds, detail = '') {
  if (holds) passed += 1
  else {
    failed += 1
    console.log(`FAIL ${name}\n     ${typeof detail === 'string' ? detail : JSON.stringify(detail)}`)
  }
}

/** Waits until `probe` gives something true, and gives it; undefined when the time is up. */
export async function until(probe, limit = LIMIT) {
  const end = Date.now() + limit
  for (;;) {
    const got = await probe()
    if (got) return got
    if (Date.now() > end) return undefined
    await new Promise((done) => { setTimeout(done, 20) })
  }
}

/** A folder with these files; an object becomes JSON. */
export function folder(files) {
  const place = mkdtempSync(join(tmpdir(), 'mina-browser-'))
  endings.push(() => rmSync(place, { recursive: true, force: true }))
  write(place, files)
  return place
}

export function write(place, files) {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(place, name)), { recursive: true })
    writeFileSync(join(place, name), typeof content === 'string' || Buffer.isBuffer(content) ? content : JSON.stringify(content))
  }
}

/** `mina run APP ...words`: {url, lines, child, end()}. */
export async function start(app, ...words) {
  const child = spawn(mina, ['run', app, ...words], { stdio: ['ignore', 'pipe', 'pipe'] })
  const program = { child, lines: '', url: '' }
  const ended = new Promise((done) => { child.on('exit', done) })
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8')
    stream.on('data', (text) => {
      program.lines += text
      program.url ||= /http:\/\/127\.0\.0\.1:\d+\/\w+\//.exec(program.lines)?.[0] ?? ''
    })
  }
  program.end = async () => {
    child.kill('SIGTERM')
    const status = await ended
    check('the simulator ends well', (status === 0 || status === 1) && !program.lines.includes('Sanitizer'), program.lines.slice(-3000))
  }
  endings.push(() => (child.exitCode === null && child.signalCode === null ? program.end() : null))
  await until(() => program.url || child.exitCode !== null)
  return program
}

let browser
/** A page of the browser at the simulator of an app: {page, program, call, state, tap(x, y), shot(name), problems}. */
export async function open(app, { words = [], viewport = { width: 1280, height: 800 }, language = 'zh', ...options } = {}) {
  const program = await start(app, ...words)
  if (!browser) {
    const known = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) => existsSync(path))
    browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? known, args: ['--no-sandbox', '--disable-dev-shm-usage'] })
    endings.push(() => browser.close())
  }
  const context = await browser.newContext({ viewport, locale: language === 'zh' ? 'zh-CN' : 'en-US', ...options })
  const page = await context.newPage()
  const problems = []
  page.setDefaultTimeout(LIMIT)
  page.on('pageerror', (error) => problems.push(String(error)))
  page.on('console', (message) => { if (message.type() === 'error') problems.push(message.text()) })
  await page.goto(program.url)
  await page.waitForFunction(() => window.mina?.current()?.shown)
  return {
    page,
    program,
    problems,
    call: (method, params) => page.evaluate(([name, given]) => window.mina.current().call(name, given), [method, params ?? {}]),
    state: () => page.evaluate(() => window.mina.current().state),
    /** A click on the chosen phone, at a point of its screen in CSS px. */
    async tap(x, y) {
      const box = await page.evaluate(() => { const { left, top } = window.mina.current().glass.getBoundingClientRect(); return { left, top } })
      await page.mouse.click(box.left + x, box.top + y)
    },
    /** Waits until the picture rests, and keeps the page's. */
    async shot(name) {
      mkdirSync(pictures, { recursive: true })
      await page.waitForTimeout(400)
      await page.screenshot({ path: join(pictures, `${name}.png`) })
    },
    /** The colour [r, g, b] of the phone's picture at a point in CSS px. */
    pixel: (x, y) => page.evaluate(([px, py]) => {
      const { glass, state } = window.mina.current()
      return [...glass.querySelector('canvas').getContext('2d').getImageData(px * state.dpr, py * state.dpr, 1, 1).data].slice(0, 3)
    }, [x, y]),
  }
}

/** What axe finds wrong with a page. */
export async function accessibility(page) {
  await page.evaluate(require('fs').readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8'))
  const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }))
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`)
}

export async function finish() {
  for (const end of endings.reverse()) await end()
  console.log(`${passed} passed, ${failed} failed`)
  process.exit(failed ? 1 : 0)
}
