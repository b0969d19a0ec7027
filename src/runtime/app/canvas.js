// Canvas: the 2D context of a <canvas type="2d">, the old CanvasContext, OffscreenCanvas, Image, Path2D. A context records
// commands (border/gfx/drawing.h); they cross over in one list, at the end of the turn or when something has to be read.
// Evaluated before prelude.js, which takes `native.canvas` with what both need.
(function (native) {
'use strict'

native.canvas = (kit) => {
const { wx, makeClassed, isPage, numberOf, encode, guard, named } = kit
const { assign, create, defineProperty, defineProperties, keys } = Object
const { isArray } = Array

const late = new Set() // contexts with commands that have not crossed over

/** All that was recorded before something is read, or drawn from another canvas. */
function flushAll() {
  for (const context of [...late]) context.$flush()
}

const finite = (x) => (typeof x === 'number' ? x : Number(x))
const number = (x) => { const n = finite(x); return Number.isFinite(n) ? n : null }
const optional = (x) => (x === undefined ? null : number(x))

// --- paints -------------------------------------------------------------------------------------

class CanvasGradient {
  constructor(kind, places) {
    defineProperty(this, '$paint', { value: [kind, ...places.map(number), []] })
  }
  addColorStop(offset, color) {
    this.$paint[this.$paint.length - 1].push(number(offset), String(color))
  }
}

class CanvasPattern {
  constructor(picture, repetition) {
    defineProperty(this, '$paint', { value: ['pattern', picture, String(repetition || 'repeat')] })
  }
}

const paintOf = (value) => (value instanceof CanvasGradient || value instanceof CanvasPattern
  ? value.$paint.map((part) => (isArray(part) ? [...part] : part)) : String(value))

/** A picture as commands name it: an address, or the number of a canvas. */
function pictureOf(source) {
  if (typeof source === 'string') return source
  if (source instanceof CanvasImage) return source.$url
  const canvas = source?.canvas ?? source
  if (canvas instanceof Canvas) {
    flushAll()
    return numberOf(canvas.$target)
  }
  return null
}

// --- paths --------------------------------------------------------------------------------------

/** What Path2D and contexts share: `$add` takes a command. */
const pathMethods = {
  beginPath() { this.$add('beginPath') },
  closePath() { this.$add('closePath') },
  moveTo(x, y) { this.$add('moveTo', number(x), number(y)) },
  lineTo(x, y) { this.$add('lineTo', number(x), number(y)) },
  bezierCurveTo(...points) { this.$add('bezierCurveTo', ...points.slice(0, 6).map(number)) },
  quadraticCurveTo(...points) { this.$add('quadraticCurveTo', ...points.slice(0, 4).map(number)) },
  arc(x, y, radius, from, to, counterclockwise) {
    if (finite(radius) < 0) throw new RangeError(`The radius provided (${radius}) is negative.`)
    this.$add('arc', number(x), number(y), number(radius), number(from), number(to), Boolean(counterclockwise))
  },
  ellipse(x, y, rx, ry, rotation, from, to, counterclockwise) {
    this.$add('ellipse', number(x), number(y), number(rx), number(ry), number(rotation), number(from), number(to), Boolean(counterclockwise))
  },
  arcTo(...points) { this.$add('arcTo', ...points.slice(0, 5).map(number)) },
  rect(x, y, width, height) { this.$add('rect', number(x), number(y), number(width), number(height)) },
  roundRect(x, y, width, height, radii = 0) {
    const list = (isArray(radii) ? radii : [radii]).map((radius) => number(typeof radius === 'object' && radius ? radius.x : radius))
    const [a, b = a, c = a, d = b] = list
    this.$add('roundRect', number(x), number(y), number(width), number(height), [a, b, c, d])
  },
}

class Path2D {
  constructor(other) {
    defineProperty(this, '$commands', { value: other instanceof Path2D ? [...other.$commands] : typeof other === 'string' ? svgPath(other) : [] })
  }
  $add(name, ...args) { this.$commands.push(name, args) }
  addPath(path, matrix = {}) {
    const { a = 1, b = 0, c = 0, d = 1, e = 0, f = 0 } = matrix
    if (path instanceof Path2D) this.$add('addPath', [...path.$commands], [a, b, c, d, e, f].map(number))
  }
}

function mix(proto, methods) {
  for (const name of keys(methods)) defineProperty(proto, name, { value: named(methods[name], name), configurable: true, writable: true })
}
mix(Path2D.prototype, pathMethods)
delete Path2D.prototype.beginPath

/** An SVG path's text as commands. */
function svgPath(text) {
  const path = new Path2D()
  const words = text.match(/[a-zA-Z]|[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?/gi) ?? []
  let [x, y, startX, startY, controlX, controlY] = [0, 0, 0, 0, 0, 0]
  let command = ''
  let before = ''
  let at = 0
  const next = () => { const value = Number(words[at]); at += 1; return value }
  const counts = { m: 2, l: 2, h: 1, v: 1, c: 6, s: 4, q: 4, t: 2, a: 7, z: 0 }
  while (at < words.length) {
    if (/[a-z]/i.test(words[at])) { command = words[at]; at += 1 } else if (!command || command.toLowerCase() === 'z') break
    const kind = command.toLowerCase()
    const count = counts[kind]
    if (count === undefined || at + count > words.length) break
    const p = Array.from({ length: count }, next)
    const [ox, oy] = command === kind ? [x, y] : [0, 0]
    if (kind === 'm') {
      [x, y] = [ox + p[0], oy + p[1]]; [startX, startY] = [x, y]
      path.moveTo(x, y)
      command = command === 'm' ? 'l' : 'L'
    } else if (kind === 'l') { [x, y] = [ox + p[0], oy + p[1]]; path.lineTo(x, y)
    } else if (kind === 'h') { x = ox + p[0]; path.lineTo(x, y)
    } else if (kind === 'v') { y = oy + p[0]; path.lineTo(x, y)
    } else if (kind === 'c') {
      path.bezierCurveTo(ox + p[0], oy + p[1], ox + p[2], oy + p[3], ox + p[4], oy + p[5]);
      [controlX, controlY, x, y] = [ox + p[2], oy + p[3], ox + p[4], oy + p[5]]
    } else if (kind === 's') {
      const [rx, ry] = /[cs]/.test(before) ? [2 * x - controlX, 2 * y - controlY] : [x, y]
      path.bezierCurveTo(rx, ry, ox + p[0], oy + p[1], ox + p[2], oy + p[3]);
      [controlX, controlY, x, y] = [ox + p[0], oy + p[1], ox + p[2], oy + p[3]]
    } else if (kind === 'q') {
      path.quadraticCurveTo(ox + p[0], oy + p[1], ox + p[2], oy + p[3]);
      [controlX, controlY, x, y] = [ox + p[0], oy + p[1], ox + p[2], oy + p[3]]
    } else if (kind === 't') {
      [controlX, controlY] = /[qt]/.test(before) ? [2 * x - controlX, 2 * y - controlY] : [x, y]
      path.quadraticCurveTo(controlX, controlY, ox + p[0], oy + p[1]);
      [x, y] = [ox + p[0], oy + p[1]]
    } else if (kind === 'a') {
      svgArc(path, x, y, p, ox + p[5], oy + p[6]);
      [x, y] = [ox + p[5], oy + p[6]]
    } else { path.closePath(); [x, y] = [startX, startY] }
    before = kind
  }
  return path.$commands
}

/** An elliptical arc by its ends: SVG 1.1, F.6.5. */
function svgArc(path, x0, y0, [rx0, ry0, degrees, large, sweep], x, y) {
  let [rx, ry] = [Math.abs(rx0), Math.abs(ry0)]
  if (rx === 0 || ry === 0 || (x0 === x && y0 === y)) { path.lineTo(x, y); return }
  const phi = (degrees * Math.PI) / 180
  const [cos, sin] = [Math.cos(phi), Math.sin(phi)]
  const [hx, hy] = [(x0 - x) / 2, (y0 - y) / 2]
  const [px, py] = [cos * hx + sin * hy, -sin * hx + cos * hy]
  const over = (px * px) / (rx * rx) + (py * py) / (ry * ry)
  if (over > 1) { rx *= Math.sqrt(over); ry *= Math.sqrt(over) }
  const square = rx * rx * py * py + ry * ry * px * px
  const root = (large === sweep ? -1 : 1) * Math.sqrt(Math.max(0, (rx * rx * ry * ry - square) / square))
  const [qx, qy] = [(root * rx * py) / ry, (-root * ry * px) / rx]
  const [cx, cy] = [cos * qx - sin * qy + (x0 + x) / 2, sin * qx + cos * qy + (y0 + y) / 2]
  const angle = (ux, uy) => Math.atan2(uy, ux)
  const from = angle((px - qx) / rx, (py - qy) / ry)
  let turn = angle((-px - qx) / rx, (-py - qy) / ry) - from
  if (sweep && turn < 0) turn += 2 * Math.PI
  if (!sweep && turn > 0) turn -= 2 * Math.PI
  path.ellipse(cx, cy, rx, ry, phi, from, from + turn, !sweep)
}

// --- contexts -----------------------------------------------------------------------------------

const firstLook = () => ({ fillStyle: '#000000', strokeStyle: '#000000', globalAlpha: 1, globalCompositeOperation: 'source-over', lineWidth: 1,
  lineCap: 'butt', lineJoin: 'miter', miterLimit: 10, lineDashOffset: 0, font: '10px sans-serif', textAlign: 'start', textBaseline: 'alphabetic',
  shadowOffsetX: 0, shadowOffsetY: 0, shadowBlur: 0, shadowColor: 'rgba(0, 0, 0, 0)', lineDash: [], direction: 'ltr', imageSmoothingEnabled: true,
  imageSmoothingQuality: 'low', filter: 'none', letterSpacing: '0px', matrix: [1, 0, 0, 1, 0, 0] })
const words = { lineCap: ['butt', 'round', 'square'], lineJoin: ['bevel', 'round', 'miter'],
  textAlign: ['start', 'end', 'left', 'right', 'center'], textBaseline: ['top', 'hanging', 'middle', 'alphabetic', 'ideographic', 'bottom', 'normal'] }
const positive = ['lineWidth', 'miterLimit']
const shadows = ['shadowOffsetX', 'shadowOffsetY', 'shadowBlur', 'shadowColor']
const quiet = ['direction', 'imageSmoothingEnabled', 'imageSmoothingQuality', 'filter', 'letterSpacing'] // kept, and nothing else

function multiply([a, b, c, d, e, f], [g, h, i, j, k, l]) {
  return [a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * l + e, b * k + d * l + f]
}

const measured = new Map() // font and text -> measures
const MEASURED_MAX = 4000

class Context {
  constructor(target) {
    defineProperties(this, {
      $target: { value: target },
      $commands: { value: [], writable: true },
      $look: { value: firstLook(), writable: true },
      $looks: { value: [], writable: true },
    })
  }

  $add(name, ...args) { this.$commands.push(name, args) }

  $reset() {
    this.$look = firstLook()
    this.$looks = []
  }

  save() {
    this.$looks.push({ ...this.$look })
    this.$add('save')
  }
  restore() {
    if (this.$looks.length > 0) this.$look = this.$looks.pop()
    this.$add('restore')
  }
  $turn(matrix, name, ...args) {
    this.$look.matrix = multiply(this.$look.matrix, matrix)
    this.$add(name, ...args)
  }
  scale(x, y = x) { this.$turn([finite(x), 0, 0, finite(y), 0, 0], 'scale', number(x), number(y)) }
  rotate(angle) { this.$turn([Math.cos(angle), Math.sin(angle), -Math.sin(angle), Math.cos(angle), 0, 0], 'rotate', number(angle)) }
  translate(x, y) { this.$turn([1, 0, 0, 1, finite(x), finite(y)], 'translate', number(x), number(y)) }
  transform(...matrix) { this.$turn(matrix.slice(0, 6).map(finite), 'transform', ...matrix.slice(0, 6).map(number)) }
  setTransform(a = 1, ...rest) {
    const matrix = typeof a === 'object' && a ? [a.a ?? 1, a.b ?? 0, a.c ?? 0, a.d ?? 1, a.e ?? 0, a.f ?? 0]
      : rest.length === 0 ? [1, 0, 0, 1, 0, 0] : [a, ...rest].slice(0, 6)
    this.$look.matrix = matrix.map(finite)
    this.$add('setTransform', ...matrix.map(number))
  }
  getTransform() {
    const [a, b, c, d, e, f] = this.$look.matrix
    return { a, b, c, d, e, f, is2D: true, isIdentity: [a, b, c, d, e, f].join() === '1,0,0,1,0,0' }
  }
  resetTransform() { this.setTransform(1, 0, 0, 1, 0, 0) }

  $path(name, path, rule) {
    const own = path instanceof Path2D
    const evenOdd = (own ? rule : path) === 'evenodd'
    if (own) this.$add(`${name}Path`, [...path.$commands], evenOdd)
    else if (name === 'stroke') this.$add(name)
    else this.$add(name, evenOdd)
  }
  fill(path, rule) { this.$path('fill', path, rule) }
  stroke(path) { this.$path('stroke', path) }
  clip(path, rule) { this.$path('clip', path, rule) }
  fillRect(...box) { this.$add('fillRect', ...box.slice(0, 4).map(number)) }
  strokeRect(...box) { this.$add('strokeRect', ...box.slice(0, 4).map(number)) }
  clearRect(...box) { this.$add('clearRect', ...box.slice(0, 4).map(number)) }
  fillText(text, x, y, most) { this.$add('fillText', String(text), number(x), number(y), optional(most)) }
  strokeText(text, x, y, most) { this.$add('strokeText', String(text), number(x), number(y), optional(most)) }
  measureText(text) {
    const key = `${this.$look.font}\n${text}`
    if (!measured.has(key)) {
      if (measured.size >= MEASURED_MAX) measured.clear()
      measured.set(key, this.$target.measure(this.$look.font, String(text)))
    }
    return { ...measured.get(key) }
  }
  drawImage(source, ...places) {
    const picture = pictureOf(source)
    if (picture === null) throw new TypeError("Failed to execute 'drawImage': the image is no image, canvas or path")
    const given = places.map(optional)
    const [from, to] = given.length >= 8 ? [given.slice(0, 4), given.slice(4, 8)] : [[null, null, null, null], given]
    this.$add('drawImage', picture, ...from, to[0] ?? 0, to[1] ?? 0, to[2] ?? null, to[3] ?? null)
  }
  setLineDash(list, offset) {
    const dash = Array.from(list ?? [], finite)
    if (dash.every((length) => length >= 0 && Number.isFinite(length))) {
      this.$look.lineDash = dash.length % 2 ? [...dash, ...dash] : dash
      this.$add('lineDash', dash)
    }
    if (offset !== undefined) this.lineDashOffset = offset
  }
  getLineDash() { return [...this.$look.lineDash] }
  createLinearGradient(...places) { return new CanvasGradient('linear', places.slice(0, 4)) }
  createRadialGradient(...places) { return new CanvasGradient('radial', places.slice(0, 6)) }
  createPattern(source, repetition) {
    const picture = pictureOf(source)
    return picture === null ? null : new CanvasPattern(picture, repetition)
  }
}
mix(Context.prototype, pathMethods)

function setLook(context, name, value) {
  const look = context.$look
  if (name === 'fillStyle' || name === 'strokeStyle') {
    look[name] = value
    context.$add(name, paintOf(value))
  } else if (name in words ? !words[name].includes(value) : positive.includes(name) && !(finite(value) > 0)) {
    return
  } else if (shadows.includes(name)) {
    look[name] = name === 'shadowColor' ? String(value) : finite(value)
    context.$add('shadow', number(look.shadowOffsetX), number(look.shadowOffsetY), number(look.shadowBlur), look.shadowColor)
  } else {
    look[name] = typeof look[name] === 'number' ? finite(value) : value
    if (!quiet.includes(name)) context.$add(name, look[name])
  }
}
for (const name of keys(firstLook())) {
  if (name === 'matrix' || name === 'lineDash') continue
  defineProperty(Context.prototype, name, { get() { return this.$look[name] }, set(value) { setLook(this, name, value) }, enumerable: true, configurable: true })
}

// --- type="2d" ----------------------------------------------------------------------------------

class ImageData {
  constructor(first, second, third) {
    const given = typeof first !== 'number'
    const width = given ? second : first
    const height = given ? third ?? first.length / 4 / second : second
    if (!(width >= 1) || !(height >= 1)) throw new RangeError('The source width or height is zero or not a number.')
    defineProperties(this, { width: { value: Math.floor(width), enumerable: true }, height: { value: Math.floor(height), enumerable: true },
      data: { value: given ? first : new Uint8ClampedArray(Math.floor(width) * Math.floor(height) * 4), enumerable: true } })
  }
}

/** What getImageData gives, and takes: part of a canvas in its own pixels. */
function readPixels(target, x, y, width, height) {
  flushAll()
  const bytes = target.read(x, y, width, height, width, height)
  return new Uint8ClampedArray(bytes instanceof ArrayBuffer ? bytes : width * height * 4)
}

class CanvasRenderingContext2D extends Context {
  constructor(canvas) {
    super(canvas.$target)
    defineProperty(this, 'canvas', { value: canvas, enumerable: true })
  }
  $add(name, ...args) {
    super.$add(name, ...args)
    if (late.has(this)) return
    late.add(this)
    Promise.resolve().then(() => this.$flush())
  }
  $flush() {
    late.delete(this)
    const commands = this.$commands
    if (commands.length === 0) return
    this.$commands = []
    this.$target.draw(commands)
  }
  reset() {
    this.$reset()
    this.$add('reset')
  }
  isPointInPath(...args) { return this.$inside(false, args) }
  isPointInStroke(...args) { return this.$inside(true, args) }
  $inside(stroke, args) {
    const path = args[0] instanceof Path2D ? args.shift() : null
    flushAll()
    return this.$target.inPath(path ? [...path.$commands] : null, number(args[0]), number(args[1]), stroke, args[2] === 'evenodd')
  }
  createImageData(width, height) {
    return typeof width === 'object' ? new ImageData(width.width, width.height) : new ImageData(Math.abs(width), Math.abs(height))
  }
  getImageData(x, y, width, height) {
    const image = new ImageData(Math.abs(width), Math.abs(height))
    image.data.set(readPixels(this.$target, Math.floor(Math.min(x, x + width)), Math.floor(Math.min(y, y + height)), image.width, image.height))
    return image
  }
  putImageData(image, x, y, dirtyX = 0, dirtyY = 0, dirtyWidth = image.width, dirtyHeight = image.height) {
    flushAll()
    const left = Math.max(0, dirtyX)
    const top = Math.max(0, dirtyY)
    const width = Math.min(image.width, dirtyX + dirtyWidth) - left
    const height = Math.min(image.height, dirtyY + dirtyHeight) - top
    if (width <= 0 || height <= 0) return
    const part = new Uint8ClampedArray(width * height * 4)
    for (let row = 0; row < height; row += 1) {
      const from = ((top + row) * image.width + left) * 4
      part.set(image.data.subarray(from, from + width * 4), row * width * 4)
    }
    this.$target.write(x + left, y + top, width, height, width, height, part)
  }
}

class CanvasImage {
  constructor(target) {
    defineProperties(this, { $target: { value: target }, $src: { value: '', writable: true }, $url: { value: '', writable: true } })
    assign(this, { width: 0, height: 0, onload: null, onerror: null, referrerPolicy: 'no-referrer' })
    defineProperty(this, 'complete', { value: true, writable: true, enumerable: true })
  }
  get src() { return this.$src }
  set src(src) {
    this.$src = String(src)
    this.complete = false
    const asked = this.$src
    this.$target.loadImage({ src: asked }).then(({ url, width, height }) => {
      if (asked !== this.$src) return
      assign(this, { width, height, naturalWidth: width, naturalHeight: height, complete: true })
      this.$url = url
      this.$tell('onload', { type: 'load', target: this })
    }, (error) => {
      if (asked !== this.$src) return
      this.complete = true
      this.$tell('onerror', { type: 'error', target: this, errMsg: error.errMsg })
    })
  }
  $tell(name, event) {
    if (typeof this[name] === 'function') guard(this[name], this, [event])
  }
  addEventListener(name, fn) { this[`on${name}`] = fn }
  removeEventListener(name, fn) { if (this[`on${name}`] === fn) this[`on${name}`] = null }
}

/** A <canvas type="2d">'s node, or an OffscreenCanvas. */
class Canvas {
  constructor(target) {
    defineProperties(this, { $target: { value: target }, $context: { value: null, writable: true } })
  }
  get width() { return this.$target.size().width }
  set width(width) { this.$resize(finite(width), this.height) }
  get height() { return this.$target.size().height }
  set height(height) { this.$resize(this.width, finite(height)) }
  $resize(width, height) {
    flushAll()
    this.$context?.$reset()
    this.$target.resize(number(width), number(height))
  }
  getContext(kind) {
    if (kind !== '2d') {
      if (/webgl/.test(kind)) console.warn(`Canvas.getContext('${kind}'): there is no WebGL here, null is given`)
      return null
    }
    this.$context ??= new CanvasRenderingContext2D(this)
    return this.$context
  }
  createImage() { return new CanvasImage(this.$target) }
  createPath2D(path) { return new Path2D(path) }
  createImageData(width, height) { return new ImageData(width, height) }
  requestAnimationFrame(fn) {
    return this.$target.frame((time) => guard(fn, undefined, [time]))
  }
  cancelAnimationFrame(id) { this.$target.cancelFrame(id) }
  toDataURL(type = 'image/png', quality = 0.92) {
    flushAll()
    return this.$target.url(String(type), finite(quality))
  }
}

const nodes = new Map() // a node's place -> its canvas: the same one each time

/** What NodesRef.node gives for a canvas: {page, node, target}. */
function canvasOf({ place, object }) {
  const known = nodes.get(place)
  if (known) return known
  for (const other of [...nodes.keys()]) if (!isPage(Number(other.split('.')[0]))) nodes.delete(other) // its page is gone
  const canvas = new Canvas(makeClassed('Canvas', object))
  nodes.set(place, canvas)
  return canvas
}

// --- the old CanvasContext ----------------------------------------------------------------------

class CanvasContext extends Context {
  draw(reserve, callback) {
    const keep = typeof reserve === 'function' ? false : Boolean(reserve)
    const done = typeof reserve === 'function' ? reserve : callback
    const commands = this.$commands
    this.$commands = []
    if (!keep) this.$reset()
    flushAll()
    this.$target.drawLater(commands, keep, typeof done === 'function' ? () => guard(done, undefined, [{ errMsg: 'drawCanvas:ok' }]) : undefined)
  }
  getActions() {
    const actions = this.$commands
    this.clearActions()
    return actions
  }
  clearActions() {
    this.$commands = []
    this.$reset()
  }
  setFillStyle(paint) { this.fillStyle = paint }
  setStrokeStyle(paint) { this.strokeStyle = paint }
  setShadow(x, y, blur, color) {
    assign(this, { shadowOffsetX: x, shadowOffsetY: y, shadowBlur: blur, shadowColor: color })
  }
  setFontSize(size) {
    this.$look.font = this.$look.font.replace(/[\d.]+px/, `${finite(size)}px`)
    this.$add('fontSize', number(size))
  }
  setGlobalAlpha(alpha) { this.globalAlpha = alpha }
  setLineWidth(width) { this.lineWidth = width }
  setLineCap(cap) { this.lineCap = cap }
  setLineJoin(join) { this.lineJoin = join }
  setMiterLimit(limit) { this.miterLimit = limit }
  setTextAlign(align) { this.textAlign = align }
  setTextBaseline(baseline) { this.textBaseline = baseline }
  createCircularGradient(x, y, radius) { return new CanvasGradient('radial', [x, y, 0, x, y, radius]) }
}

// --- wx -----------------------------------------------------------------------------------------

const target = wx.createCanvasContext
wx.createCanvasContext = named((id, component) => new CanvasContext(target(id, component)), 'createCanvasContext')
wx.createContext = named(() => new CanvasContext(target('', undefined)), 'createContext')
wx.drawCanvas = named(({ canvasId, actions, reserve } = {}) => {
  target(canvasId, undefined).drawLater(isArray(actions) ? actions : [], Boolean(reserve), undefined)
}, 'drawCanvas')

const offscreen = wx.createOffscreenCanvas
wx.createOffscreenCanvas = named((first, second, ...rest) => {
  const given = typeof first === 'object' && first !== null ? first : { width: first, height: second, component: rest[0] }
  return new Canvas(offscreen({ type: given.type ?? 'webgl', width: number(given.width ?? 300), height: number(given.height ?? 150) }))
}, 'createOffscreenCanvas')

/** Calls that name a canvas: by its id, with a component as second argument, or as the object itself. */
function naming(name, answer = (result) => result) {
  const own = wx[name]
  wx[name] = named((options = {}, component = undefined) => {
    flushAll()
    const given = { ...options }
    if (given.canvas instanceof Canvas) given.canvas = numberOf(given.canvas.$target)
    if (component !== undefined) given.component = encode(component)
    for (const callback of ['success', 'complete']) {
      const fn = given[callback]
      if (typeof fn === 'function') given[callback] = (result) => fn(answer(result))
    }
    return own(given)?.then(answer)
  }, name)
}
naming('canvasToTempFilePath')
naming('canvasPutImageData')
naming('canvasGetImageData', (result) => (result.data instanceof ArrayBuffer ? { ...result, data: new Uint8ClampedArray(result.data) } : result))

return { canvasOf }
}
})
