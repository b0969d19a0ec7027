// PNG, as far as screenshots are: 8 bits, RGB or RGBA, not interlaced. And how two pictures differ.
'use strict'
const fs = require('node:fs/promises')
const path = require('node:path')
const zlib = require('node:zlib')

const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10])

function paeth(a, b, c) {
  const p = a + b - c
  const [pa, pb, pc] = [Math.abs(p - a), Math.abs(p - b), Math.abs(p - c)]
  if (pa <= pb && pa <= pc) return a
  return pb <= pc ? b : c
}

/** {width, height, pixels: RGB} */
function decode(png) {
  if (!png.subarray(0, 8).equals(signature)) throw new Error('it is no PNG')
  const parts = []
  let head
  for (let at = 8; at + 8 <= png.length;) {
    const size = png.readUInt32BE(at)
    const kind = png.toString('latin1', at + 4, at + 8)
    const data = png.subarray(at + 8, at + 8 + size)
    if (kind === 'IHDR') head = data
    if (kind === 'IDAT') parts.push(data)
    at += size + 12
  }
  const [width, height] = [head.readUInt32BE(0), head.readUInt32BE(4)]
  const depth = { 2: 3, 6: 4 }[head[9]]
  if (head[8] !== 8 || !depth || head[12]) throw new Error('it is a PNG of another kind than screenshots are')
  const raw = zlib.inflateSync(Buffer.concat(parts))
  const line = width * depth
  let before = Buffer.alloc(line)
  const pixels = Buffer.alloc(width * height * 3)
  for (let y = 0; y < height; y += 1) {
    const filter = raw[y * (line + 1)]
    const row = raw.subarray(y * (line + 1) + 1, (y + 1) * (line + 1))
    for (let i = 0; i < line; i += 1) {
      const left = i >= depth ? row[i - depth] : 0
      const corner = i >= depth ? before[i - depth] : 0
      const add = [0, left, before[i], (left + before[i]) >> 1, filter === 4 ? paeth(left, before[i], corner) : 0][filter]
      row[i] = (row[i] + add) & 255
    }
    for (let x = 0; x < width; x += 1) row.copy(pixels, (y * width + x) * 3, x * depth, x * depth + 3)
    before = row
  }
  return { width, height, pixels }
}

function chunk(kind, data) {
  const whole = Buffer.concat([Buffer.from(kind, 'latin1'), data])
  const ends = Buffer.alloc(8)
  ends.writeUInt32BE(data.length, 0)
  ends.writeUInt32BE(crc(whole), 4)
  return Buffer.concat([ends.subarray(0, 4), whole, ends.subarray(4)])
}

let table
function crc(data) {
  table ??= Array.from({ length: 256 }, (_, n) => {
    let c = n
    for (let k = 0; k < 8; k += 1) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1
    return c >>> 0
  })
  let c = 0xffffffff
  for (const byte of data) c = table[(c ^ byte) & 255] ^ (c >>> 8)
  return (c ^ 0xffffffff) >>> 0
}

function encode({ width, height, pixels }) {
  const head = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 8, 2, 0, 0, 0])
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  const raw = Buffer.alloc(height * (width * 3 + 1))
  for (let y = 0; y < height; y += 1) pixels.copy(raw, y * (width * 3 + 1) + 1, y * width * 3, (y + 1) * width * 3)
  return Buffer.concat([signature, chunk('IHDR', head), chunk('IDAT', zlib.deflateSync(raw)), chunk('IEND', Buffer.alloc(0))])
}

/** Boxes around what differs, near ones joined: [{x, y, width, height}]. */
function boxesOf(cells, across, down, side) {
  const seen = new Set()
  const boxes = []
  for (const cell of cells) {
    if (seen.has(cell)) continue
    const box = [across, down, -1, -1]
    const open = [cell]
    seen.add(cell)
    while (open.length) {
      const now = open.pop()
      const [cx, cy] = [now % across, Math.floor(now / across)]
      box[0] = Math.min(box[0], cx)
      box[1] = Math.min(box[1], cy)
      box[2] = Math.max(box[2], cx)
      box[3] = Math.max(box[3], cy)
      for (let dy = -1; dy <= 1; dy += 1) {
        for (let dx = -1; dx <= 1; dx += 1) {
          const next = (cy + dy) * across + cx + dx
          if (cx + dx >= 0 && cx + dx < across && cells.has(next) && !seen.has(next)) {
            seen.add(next)
            open.push(next)
          }
        }
      }
    }
    boxes.push({ x: box[0] * side, y: box[1] * side, width: (box[2] - box[0] + 1) * side, height: (box[3] - box[1] + 1) * side })
  }
  return boxes
}

/**
 * How two PNGs differ: {same, pixels: how many, ratio, boxes, picture: PNG of wanted, found and the difference side by side}.
 * tolerance: how far a channel may be off, of 255.
 */
function comparePictures(wantedPng, foundPng, { tolerance = 0 } = {}) {
  const [wanted, found] = [decode(wantedPng), decode(foundPng)]
  const [width, height] = [Math.max(wanted.width, found.width), Math.max(wanted.height, found.height)]
  const gap = 16
  const sheet = { width: width * 3 + gap * 2, height, pixels: Buffer.alloc((width * 3 + gap * 2) * height * 3, 0x60) }
  const side = 16
  const across = Math.ceil(width / side)
  const cells = new Set()
  let pixels = 0
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const [a, b] = [wanted, found].map((one) => (x < one.width && y < one.height ? (y * one.width + x) * 3 : -1))
      let off = a < 0 || b < 0 ? 255 : 0
      for (let i = 0; i < 3 && off < 255; i += 1) off = Math.max(off, Math.abs(wanted.pixels[a + i] - found.pixels[b + i]))
      const differs = off > tolerance
      const put = (column, red, green, blue) => {
        const at = (y * sheet.width + column * (width + gap) + x) * 3
        sheet.pixels[at] = red
        sheet.pixels[at + 1] = green
        sheet.pixels[at + 2] = blue
      }
      if (a >= 0) put(0, wanted.pixels[a], wanted.pixels[a + 1], wanted.pixels[a + 2])
      if (b >= 0) put(1, found.pixels[b], found.pixels[b + 1], found.pixels[b + 2])
      const grey = b >= 0 ? 170 + Math.round((found.pixels[b] + found.pixels[b + 1] + found.pixels[b + 2]) / 9) : 255
      if (differs) put(2, 230, 0, 60)
      else put(2, grey, grey, grey)
      if (differs) {
        pixels += 1
        cells.add(Math.floor(y / side) * across + Math.floor(x / side))
      }
    }
  }
  const boxes = boxesOf(cells, across, Math.ceil(height / side), side)
  return { same: pixels === 0, pixels, ratio: pixels / (width * height), boxes, picture: encode(sheet) }
}

/**
 * The app's picture must be the one in `folder`/`name`.png; one that is not there yet is written. What differs becomes
 * `name`.found.png and `name`.difference.png beside it. {folder: "screenshots", tolerance, allowed: ratio of pixels, update}
 */
async function expectScreenshot(app, name, { folder = 'screenshots', tolerance = 0, allowed = 0, update = !!process.env.UPDATE_SCREENSHOTS } = {}) {
  const place = (more) => path.join(folder, `${name}${more}.png`)
  const found = await app.screenshot()
  await fs.mkdir(folder, { recursive: true })
  const wanted = update ? undefined : await fs.readFile(place('')).catch(() => undefined)
  if (!wanted) {
    await fs.writeFile(place(''), found)
    return
  }
  const difference = comparePictures(wanted, found, { tolerance })
  if (difference.ratio <= allowed) return
  await fs.writeFile(place('.found'), found)
  await fs.writeFile(place('.difference'), difference.picture)
  const where = difference.boxes.slice(0, 5).map((box) => `${box.width} x ${box.height} at ${box.x}, ${box.y}`).join('; ')
  throw new Error(`${place('')} differs in ${difference.pixels} pixels (${(difference.ratio * 100).toFixed(2)} %): ${where}\nsee ${place('.difference')}`)
}

module.exports = { comparePictures, expectScreenshot }
