'use strict'
// One `mina simulate` process, and lines of JSON with it: [0, name, arguments] asks, [1, value] answers. Both sides ask, and
// questions nest; everything happens before ask() returns. Two FIFOs carry the lines, because a pipe of child_process cannot
// be read synchronously without turning in circles.
const fs = require('fs')
const os = require('os')
const path = require('path')
const processes = require('child_process')

const { hrtime } = process // the real one, also when a test has fake timers
const now = () => Number(hrtime.bigint()) / 1e6

function findProgram() {
  if (process.env.MINA) return process.env.MINA
  const built = path.join(__dirname, '../../../build/mina')
  return fs.existsSync(built) ? built : 'mina'
}

/** A FIFO whose ends are both ours; a folder of ours has its name for a moment. */
function makePipe(folder, name) {
  const file = path.join(folder, name)
  processes.execFileSync('mkfifo', [file])
  const both = fs.openSync(file, 'r+') // so that opening one end does not wait for the other
  const ends = { read: fs.openSync(file, 'r'), write: fs.openSync(file, 'w') }
  fs.closeSync(both)
  fs.unlinkSync(file)
  return ends
}

const kept = Symbol.for('mina-simulate')

/** A worker of jest runs many test files, each in a world of its own: a new one ends what those before it have left. Node's own
 *  modules are the same for all, and remember. */
function endOthers() {
  const before = processes[kept]
  if (before && before.world !== global) {
    for (const link of before.links) link.close()
  }
  if (!before || before.world !== global) processes[kept] = { world: global, links: [] }
  return processes[kept].links
}

class Link {
  /** `handlers`: name -> function, what mina may ask. */
  constructor(handlers) {
    this.handlers = handlers
    this.depth = 0
    this.spent = 0 // ms of real time in which the test waited for mina
    this.chunks = []
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'mina-'))
    const there = makePipe(folder, 'there')
    const back = makePipe(folder, 'back')
    fs.rmdirSync(folder)
    const child = processes.spawn(findProgram(), ['simulate'], { stdio: [there.read, back.write, 'inherit'] })
    child.on('error', () => {}) // send() and receive() tell
    child.unref()
    fs.closeSync(there.read)
    fs.closeSync(back.write)
    this.out = there.write
    this.in = back.read
    endOthers().push(this)
    this.buffer = Buffer.allocUnsafe(1 << 16)
  }

  close() {
    fs.closeSync(this.out)
    fs.closeSync(this.in)
  }

  send(message) {
    const bytes = Buffer.from(`${JSON.stringify(message)}\n`)
    try {
      for (let sent = 0; sent < bytes.length;) sent += fs.writeSync(this.out, bytes, sent, bytes.length - sent)
    } catch (error) {
      throw this.gone()
    }
  }

  gone() {
    return new Error(`mina has ended: is there a program ${findProgram()}? MINA names it.`)
  }

  receive() {
    for (;;) {
      const last = this.chunks.length - 1
      const end = last >= 0 ? this.chunks[last].indexOf(10) : -1
      if (end >= 0) {
        const rest = this.chunks[last].subarray(end + 1)
        this.chunks[last] = this.chunks[last].subarray(0, end)
        const line = Buffer.concat(this.chunks).toString('utf8')
        this.chunks = rest.length ? [rest] : []
        return JSON.parse(line)
      }
      const count = fs.readSync(this.in, this.buffer, 0, this.buffer.length, null)
      if (count === 0) throw this.gone()
      this.chunks.push(Buffer.from(this.buffer.subarray(0, count)))
    }
  }

  /** What mina says to `name(...args)`. Meanwhile it may ask us. */
  ask(name, args) {
    const began = this.depth === 0 ? now() : 0
    this.depth += 1
    try {
      this.send([0, name, args])
      for (;;) {
        const [kind, value, given] = this.receive()
        if (kind === 1) return value
        this.send([1, this.perform(value, given)])
      }
    } finally {
      this.depth -= 1
      if (this.depth === 0) this.spent += now() - began
    }
  }

  perform(name, args) {
    try {
      return this.handlers[name] ? this.handlers[name](...args) : undefined
    } catch (error) {
      console.error(error)
      return undefined
    }
  }
}

module.exports = { Link }
