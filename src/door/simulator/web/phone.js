import { Connection } from './connection.js'
import { h } from './dom.js'
import { Keyboard } from './keyboard.js'
import { say } from './words.js'

const PNG = 0
const COPY = 2
const MARK_LIFE = 1500

/** One person's phone: its picture, and the hands on it. */
export class Phone {
  #connection
  #canvas
  #context
  #overlay
  #problem
  #read = '' // the error that was put away
  #queue = Promise.resolve()
  #moves = []
  #picking = null
  #fingers = new Map()
  #other = null // the second finger that Alt makes
  #frames = []

  constructor(person) {
    this.person = person
    this.state = {}
    this.#connection = new Connection(`phone/${encodeURIComponent(person)}`)
    this.#connection.onbinary = (data) => {
      this.#queue = this.#queue.then(() => this.#show(data)).catch((error) => console.error(error))
    }
    this.#build()
    this.on('Phone.stateChanged', (state) => this.#take(state))
    this.on('open', () => this.#tellVisible())
    this.on('closed', () => this.element.classList.add('lost'))
    document.addEventListener('visibilitychange', this.#tellVisible)
  }

  #tellVisible = () => this.#connection.send(new TextEncoder().encode(document.hidden ? 'h' : 'v'))

  call(method, params) { return this.#connection.call(method, params) }
  on(name, handler) { return this.#connection.on(name, handler) }

  close() {
    document.removeEventListener('visibilitychange', this.#tellVisible)
    this.#connection.close()
    this.element.remove()
  }

  #build() {
    this.#canvas = h('canvas', { class: 'screen', width: 750, height: 1334, tabindex: '0', role: 'application',
      'aria-label': say({ zh: `${this.person} 的手机屏幕`, en: `The screen of ${this.person}'s phone` }) })
    this.#context = this.#canvas.getContext('2d', { alpha: false, desynchronized: true })
    this.#overlay = h('div', { class: 'overlay', 'aria-hidden': 'true' })
    this.#canvas.addEventListener('pointerdown', (event) => this.#down(event))
    this.#canvas.addEventListener('pointermove', (event) => this.#move(event))
    for (const name of ['pointerup', 'pointercancel']) this.#canvas.addEventListener(name, (event) => this.#up(event))
    this.#canvas.addEventListener('wheel', (event) => this.#wheel(event), { passive: false })
    this.#canvas.addEventListener('contextmenu', (event) => event.preventDefault())
    this.keyboard = new Keyboard(this)
    this.#problem = h('div', { class: 'problem', role: 'alert', hidden: true }, h('pre'), h('button', { type: 'button', onclick: () => {
      this.#read = this.#problem.firstChild.textContent
      this.#problem.hidden = true
    } }, say({ zh: '知道了', en: 'Dismiss' })))
    this.glass = h('div', { class: 'glass' }, this.#canvas, this.#overlay, this.keyboard.element, this.#problem)
    this.element = h('section', { class: 'phone', 'aria-label': say({ zh: `${this.person} 的手机`, en: `${this.person}'s phone` }) },
      this.glass)
  }

  // --- what it shows ---

  #take(state) {
    this.state = state
    this.element.classList.remove('lost')
    this.element.classList.toggle('away', !state.inFront || !state.alive)
    this.#tell(state)
    this.glass.style.width = `${state.width}px`
    this.glass.style.height = `${state.height}px`
    this.keyboard.take(state)
  }

  /** The last error: over the screen when nothing runs, else a strip under it until it is put away. */
  #tell({ alive, problem = '' }) {
    const text = alive ? problem : `${say({ zh: '小程序没有运行', en: 'The program does not run' })}\n${problem}`
    this.#problem.classList.toggle('whole', !alive)
    if (!text) this.#read = ''
    this.#problem.hidden = alive && (!text || text === this.#read)
    if (this.#problem.firstChild.textContent !== text) this.#problem.firstChild.textContent = text
  }

  async #show(data) {
    const view = new DataView(data)
    const width = view.getUint16(0, true)
    const height = view.getUint16(2, true)
    const count = view.getUint16(4, true)
    const steps = []
    let at = 6
    for (let i = 0; i < count; i += 1) {
      const kind = view.getUint8(at)
      const [x, y, w, h2] = [1, 3, 5, 7].map((offset) => view.getUint16(at + offset, true))
      at += 9
      if (kind === COPY) {
        steps.push({ x, y, w, h: h2, from: [view.getUint16(at, true), view.getUint16(at + 2, true)] })
        at += 4
      } else {
        const size = view.getUint32(at, true)
        const picture = new Blob([new Uint8Array(data, at + 4, size)], { type: kind === PNG ? 'image/png' : 'image/jpeg' })
        steps.push({ x, y, w, h: h2, picture: createImageBitmap(picture) })
        at += 4 + size
      }
    }
    const pictures = await Promise.all(steps.map((step) => step.picture))
    if (this.#canvas.width !== width || this.#canvas.height !== height) {
      this.#canvas.width = width
      this.#canvas.height = height
    }
    steps.forEach((step, i) => {
      if (step.from) this.#context.drawImage(this.#canvas, step.from[0], step.from[1], step.w, step.h, step.x, step.y, step.w, step.h)
      else this.#context.drawImage(pictures[i], step.x, step.y)
      pictures[i]?.close()
    })
    this.#connection.send(new TextEncoder().encode('s'))
    const now = performance.now()
    this.bytes = (this.bytes ?? 0) + data.byteLength
    this.frames = (this.frames ?? 0) + 1
    this.#frames = this.#frames.filter((time) => now - time < MARK_LIFE)
    this.#frames.push(now)
    this.shown = now
    this.element.dispatchEvent(new CustomEvent('shown', { detail: { bytes: data.byteLength, at: now } }))
  }

  /** Frames of the last second. */
  rate() {
    const now = performance.now()
    return this.#frames.filter((time) => now - time < 1000).length
  }

  /** A box over the picture, in the phone's CSS px; null: none. */
  highlight(rect) {
    this.#overlay.replaceChildren()
    if (!rect) return
    const box = h('div', { class: 'highlight' })
    Object.assign(box.style, { left: `${rect.x}px`, top: `${rect.y}px`, width: `${rect.width}px`, height: `${rect.height}px` })
    this.#overlay.append(box)
  }

  /** The next point that is clicked on it, which the program does not get; null: Escape was pressed. */
  pick() {
    this.#picking?.(null)
    this.element.classList.add('picking')
    return new Promise((resolve) => {
      const end = (point) => {
        this.#picking = null
        this.element.classList.remove('picking')
        removeEventListener('keydown', cancel)
        resolve(point)
      }
      const cancel = (event) => { if (event.key === 'Escape') end(null) }
      addEventListener('keydown', cancel)
      this.#picking = end
    })
  }

  // --- hands ---

  point(event) {
    const box = this.#canvas.getBoundingClientRect()
    const round = (number) => Math.round(number * 100) / 100
    return { x: round(((event.clientX - box.left) * (this.state.width ?? 375)) / box.width),
      y: round(((event.clientY - box.top) * (this.state.height ?? 667)) / box.height) }
  }

  #touch(touches) { this.call('Phone.touch', { touches }).catch(() => {}) }

  #id(event) {
    if (!this.#fingers.has(event.pointerId)) {
      let id = 0
      while ([...this.#fingers.values()].includes(id)) id += 1
      this.#fingers.set(event.pointerId, id)
    }
    return this.#fingers.get(event.pointerId)
  }

  #down(event) {
    if (event.button !== 0) return
    const at = this.point(event)
    this.#canvas.focus({ preventScroll: true })
    event.preventDefault()
    if (this.#picking) {
      this.#picking(at)
      return
    }
    this.#canvas.setPointerCapture(event.pointerId)
    const touches = [{ id: this.#id(event), phase: 'start', ...at }]
    if (event.altKey && event.pointerType === 'mouse') { // a second finger, on the other side of the screen's middle
      this.#other = { id: 9 }
      touches.push({ ...this.#mirror(at), phase: 'start' })
    }
    this.#touch(touches)
  }

  #mirror(at) {
    const { width = 375, height = 667 } = this.state
    return { id: this.#other.id, x: width - at.x, y: height - at.y }
  }

  #move(event) {
    if (!this.#fingers.has(event.pointerId)) return
    if (this.#moves.length === 0) requestAnimationFrame(() => this.#flush())
    this.#moves = this.#moves.filter(({ id }) => id !== this.#id(event)) // the latest of a frame counts
    this.#moves.push({ id: this.#id(event), phase: 'move', ...this.point(event) })
  }

  #flush() {
    if (this.#moves.length === 0) return
    const touches = this.#moves
    this.#moves = []
    if (this.#other) touches.push({ ...this.#mirror(touches[0]), phase: 'move' })
    this.#touch(touches)
  }

  #up(event) {
    if (!this.#fingers.has(event.pointerId)) return
    this.#flush()
    const phase = event.type === 'pointerup' ? 'end' : 'cancel'
    const at = this.point(event)
    const touches = [{ id: this.#id(event), phase, ...at }]
    if (this.#other) touches.push({ ...this.#mirror(at), phase })
    this.#other = null
    this.#fingers.delete(event.pointerId)
    this.#touch(touches)
  }

  #wheel(event) {
    event.preventDefault()
    const unit = event.deltaMode === 1 ? 20 : event.deltaMode === 2 ? this.state.height : 1
    const [dx, dy] = event.shiftKey && !event.deltaX ? [event.deltaY, 0] : [event.deltaX, event.deltaY]
    this.call('Phone.wheel', { ...this.point(event), dx: dx * unit, dy: dy * unit }).catch(() => {})
  }
}
