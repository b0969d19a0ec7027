// A person's running mini program.
'use strict'
const fs = require('node:fs/promises')
const { EventEmitter } = require('node:events')
const { Connection } = require('./connection')
const { Network } = require('./network')
const { Page } = require('./page')
const { Recording, replay } = require('./recording')
const { Trace } = require('./trace')

const events = { 'App.logAdded': 'console', 'App.exceptionThrown': 'exception' }

class App extends EventEmitter {
  constructor(connection, child) {
    super()
    this.connection = connection
    this.child = child
    this.others = []
    this.pages = new Map()
    this.bindings = new Map()
    this.network = new Network(this)
    connection.on('event', (method, params) => {
      if (method === 'App.bindingCalled') this.bindings.get(params.name)?.(...params.args)
      else if (events[method]) this.emit(events[method], params)
    })
  }

  send(method, params) { return this.connection.send(method, params) }

  // --- pages ---

  describe(facts) {
    if (!this.pages.has(facts.pageId)) this.pages.set(facts.pageId, new Page(this, facts))
    return this.pages.get(facts.pageId)
  }

  async page() { return this.describe(await this.send('App.getCurrentPage')) }
  async pageStack() { return (await this.send('App.getPageStack')).pageStack.map((facts) => this.describe(facts)) }

  async route(method, options) {
    await this.wx(method, options)
    return this.page()
  }

  navigateTo(url) { return this.route('navigateTo', { url }) }
  redirectTo(url) { return this.route('redirectTo', { url }) }
  reLaunch(url) { return this.route('reLaunch', { url }) }
  switchTab(url) { return this.route('switchTab', { url }) }
  navigateBack(delta = 1) { return this.route('navigateBack', { delta }) }

  // --- the logic layer ---

  async wx(method, ...args) { return (await this.send('App.callWxMethod', { method, args })).result }

  async mockWx(method, what, ...args) {
    await this.send('App.mockWxMethod', typeof what === 'function' ? { method, functionDeclaration: String(what), args } : { method, result: what })
  }

  async restoreWx(method) { await this.send('App.mockWxMethod', { method }) }

  async evaluate(fn, ...args) { return (await this.send('App.callFunction', { functionDeclaration: String(fn), args })).result }

  async expose(name, fn) {
    this.bindings.set(name, fn)
    await this.send('App.addBinding', { name })
  }

  /** From now on the app emits "console". */
  async listen() { await this.send('App.enableLog') }

  // --- time ---

  async advance(ms) { await this.send('Mina.advance', { ms }) }
  async settle(options = {}) { await this.send('Mina.settle', options) }
  time() { return this.send('Mina.getTime') }

  // --- people and cards ---

  world() { return this.send('Mina.getWorld') }

  /** Another person's app, in the same world, on the same clock. */
  async person(name) {
    const app = new App(await Connection.open(`${this.connection.endpoint}/${encodeURIComponent(name)}`))
    this.others.push(app)
    return app
  }

  async messages(chat) { return (await this.send('Mina.getMessages', chat ? { chat } : {})).messages }
  async say(chat, text) { return (await this.send('Mina.say', { chat, text })).message }

  /** A message, or its id. */
  async openCard(message) {
    await this.send('Mina.openCard', { message: message.id ?? message })
    return this.page()
  }

  async menu() { return (await this.send('Mina.getMenu')).items }
  async chooseMenu(item) { await this.send('Mina.chooseMenu', { item }) }

  /** Shares the page from the menu to chats: "family", "bob"; how it ended. */
  async share(...chats) {
    await this.chooseMenu('share')
    return this.answerShare(...chats)
  }

  /** The chat picker is open: chooses chats, or none. */
  async answerShare(...chats) {
    await this.answer('share', chats.length ? { chats } : undefined)
    return (await this.send('Mina.getShare')).share
  }

  // --- what stands above the page ---

  async overlay() { return (await this.send('Mina.getOverlay')).overlay }
  async answer(kind, answer) { await this.send('Mina.answer', { kind, answer }) }
  confirmModal(content) { return this.answer('modal', { confirm: true, content }) }
  cancelModal() { return this.answer('modal') }
  native(method, data) { return this.send('Tool.native', { method, data }) }

  /** The open picker's wheels turn to these rows, one a column; then it is confirmed. */
  async choosePicked(...rows) {
    for (const [column, index] of rows.entries()) await this.native('turnPicker', { column, index })
    await this.native('confirmPicker')
  }

  cancelPicker() { return this.native('cancelPicker') }

  /** A finger along points of the screen, [x, y] in CSS px, a frame for each; it rests before it goes up, unless it is to throw. */
  async touch(points, { finger = 0, throws = false } = {}) {
    const at = (phase, [x, y]) => this.send('Mina.touch', { phase, x, y, finger })
    await at('start', points[0])
    for (const point of points.slice(1)) {
      await this.advance(16)
      await at('move', point)
    }
    if (!throws && points.length > 1) await this.advance(120)
    await at('end', points.at(-1))
    await this.settle()
  }

  chooseAction(tapIndex) { return this.answer('actionSheet', { tapIndex }) }
  allow() { return this.answer('permission', {}) }
  deny() { return this.answer('permission') }

  // --- the device ---

  async setPermission(scope, allow) { await this.send('Mina.setPermission', { scope, allow }) }
  async setDevice({ screen, ...facts }) { await this.send('Mina.setDevice', { screen, facts }) }
  async tell(event, detail = {}) { await this.send('Mina.tell', { event, detail }) }
  async setStorageQuota(bytes) { await this.send('Mina.setStorageQuota', { bytes }) }
  async warnMemory(level = 10) { await this.send('Mina.warnMemory', { level }) }
  async applyScript(script) { await this.send('Mina.applyScript', { script }) }
  async leave() { await this.send('Mina.leave') }

  async enter(launch) {
    await this.send('Mina.enter', launch ? { launch } : {})
    return this.page()
  }

  async restart(launch) {
    await this.send('Mina.restart', launch ? { launch } : {})
    return this.page()
  }

  async diagnostics() { return (await this.send('Mina.getDiagnostics')).diagnostics }

  // --- pictures, recordings, traces ---

  /** PNG; also written to `path`. */
  async screenshot({ path } = {}) {
    const picture = Buffer.from((await this.send('App.captureScreenshot')).data, 'base64')
    if (path) await fs.writeFile(path, picture)
    return picture
  }

  record() { return new Recording(this) }
  replay(recording) { return replay(this, recording) }
  trace(options) { return Trace.start(this, options) }

  // --- the end ---

  async close() {
    for (const other of this.others) await other.connection.close()
    if (!this.child) {
      await this.connection.close()
      return
    }
    const ended = new Promise((resolve) => { this.child.once('exit', resolve) })
    await this.send('Tool.close')
    await this.connection.close()
    await ended
  }
}

module.exports = { App }
