// What happened, call by call, as one HTML file: pictures, wxml, data, calls, console.
'use strict'
const fs = require('node:fs/promises')

const looks = /^(Tool\.getInfo|App\.(get|capture|enable|add)|Page\.get|Element\.get|Mina\.get)/
const escape = (text) => String(text).replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c])
const shown = (value, most = 4000) => {
  const text = JSON.stringify(value, null, 1) ?? 'undefined'
  return escape(text.length > most ? `${text.slice(0, most)} …` : text)
}

class Trace {
  constructor(app, { pictures = true } = {}) {
    this.app = app
    this.pictures = pictures
    this.steps = []
    this.began = Date.now()
    this.onConsole = ({ type, args }) => this.steps.push({ console: type, args, at: Date.now() - this.began })
    this.onException = (error) => this.steps.push({ console: 'exception', args: [error.message, error.stack], at: Date.now() - this.began })
    this.listen = async (call) => {
      const step = { ...call, at: Date.now() - this.began }
      this.steps.push(step)
      if (!looks.test(call.method) && !call.method.startsWith('Tool.close')) await this.look(step)
    }
  }

  static async start(app, options) {
    const trace = new Trace(app, options)
    await app.connection.exchange('App.enableLog').catch(() => {})
    app.on('console', trace.onConsole)
    app.on('exception', trace.onException)
    app.connection.listeners.add(trace.listen)
    return trace
  }

  /** What the page is like behind a step. */
  async look(step) {
    const ask = (method, params) => this.app.connection.exchange(method, params)
    try {
      const page = await ask('App.getCurrentPage')
      step.page = page.path
      if (this.pictures) step.picture = (await ask('App.captureScreenshot')).data
      step.data = (await ask('Page.getData', { pageId: page.pageId })).data
      const root = await ask('Page.getElement', { pageId: page.pageId, selector: 'page' })
      step.wxml = (await ask('Element.getWXML', { pageId: page.pageId, elementId: root.elementId, type: 'inner' })).wxml
    } catch (error) { // the app has ended
      step.note = error.message
    }
  }

  stop() {
    this.app.connection.listeners.delete(this.listen)
    this.app.removeListener('console', this.onConsole)
    this.app.removeListener('exception', this.onException)
  }

  html(title, error) {
    const steps = this.steps.map((step, i) => {
      if (step.console) return `<div class="step console ${step.console}"><b>${step.at} ms</b> ${step.console}: ${step.args.map((arg) => shown(arg, 600)).join(' ')}</div>`
      const state = step.error === undefined ? `<pre>${shown(step.result, 1500)}</pre>` : `<pre class="error">${escape(step.error)}</pre>`
      return `<details class="step${step.error === undefined ? '' : ' error'}"${i === this.steps.length - 1 ? ' open' : ''}>
<summary><b>${step.at} ms</b> ${escape(step.method)} <code>${shown(step.params, 160)}</code> <i>${step.ms} ms</i></summary>
<div class="row">${step.picture ? `<img src="data:image/png;base64,${step.picture}">` : ''}<div><h3>result</h3>${state}
${step.data === undefined ? '' : `<h3>${escape(step.page)}: data</h3><pre>${shown(step.data)}</pre>`}
${step.wxml === undefined ? '' : `<h3>wxml</h3><pre>${escape(step.wxml.replace(/></g, '>\n<').slice(0, 20000))}</pre>`}</div></div></details>`
    })
    return `<!DOCTYPE html><html><head><meta charset="utf-8"><title>${escape(title)}</title><style>
body { font: 14px sans-serif; margin: 20px; color: #222 } .step { margin: 2px 0; padding: 4px 8px; background: #f4f4f4; border-radius: 4px }
.error { background: #fde8e8; color: #a00 } .console { background: #eef4ff; font-family: monospace } .exception { background: #fde8e8 }
.row { display: flex; gap: 16px } img { width: 300px; align-self: flex-start; border: 1px solid #ccc }
pre { background: #fff; padding: 8px; overflow: auto; max-height: 320px; max-width: 70vw; margin: 4px 0 } h3 { margin: 8px 0 2px; font-size: 13px }
code { color: #666 } i { color: #999 }</style></head><body><h1>${escape(title)}</h1>
${error ? `<pre class="error">${escape(error.stack ?? error)}</pre>` : ''}${steps.join('\n')}</body></html>\n`
  }

  async save(file, { title = file, error } = {}) { await fs.writeFile(file, this.html(title, error)) }
}

/** Runs a test; when it fails, its trace is written to `file`, and the error tells where. */
async function traced(app, file, test, options) {
  const trace = await Trace.start(app, options)
  try {
    return await test(app)
  } catch (error) {
    await trace.save(file, { title: file, error })
    error.message += `\ntrace: ${file}`
    throw error
  } finally {
    trace.stop()
  }
}

module.exports = { Trace, traced }
