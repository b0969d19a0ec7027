// The same drawing on a browser's canvas and on mina's, compared pixel by pixel.
import { check, finish, folder, open, until } from './harness.mjs'

const W = 120
const H = 80
// Each draws on `ctx`; `limit` is how much of 255 a pixel may be away on average (edges are smoothed otherwise).
const drawings = {
  rectangles: ['ctx.fillStyle = "#f80"; ctx.fillRect(10, 10, 50, 30); ctx.strokeStyle = "rgb(0, 80, 160)"; ctx.lineWidth = 4; ctx.strokeRect(40, 25, 50, 40); ctx.clearRect(20, 20, 20, 10)', 1],
  paths: ['ctx.beginPath(); ctx.moveTo(10, 70); ctx.lineTo(40, 10); ctx.lineTo(70, 70); ctx.closePath(); ctx.fillStyle = "teal"; ctx.fill(); ctx.beginPath(); ctx.moveTo(60, 10); ctx.bezierCurveTo(80, 0, 110, 30, 90, 60); ctx.quadraticCurveTo(70, 90, 115, 75); ctx.lineWidth = 3; ctx.stroke()', 1],
  arcs: ['ctx.beginPath(); ctx.arc(40, 40, 30, 0.3, 5, false); ctx.lineWidth = 6; ctx.strokeStyle = "crimson"; ctx.stroke(); ctx.beginPath(); ctx.arc(90, 40, 25, 0, Math.PI, true); ctx.fill(); ctx.beginPath(); ctx.ellipse(60, 60, 40, 10, 0.4, 0, 7); ctx.fillStyle = "rgba(0, 0, 255, .4)"; ctx.fill()', 1],
  arcTo: ['ctx.beginPath(); ctx.moveTo(10, 10); ctx.arcTo(100, 10, 100, 70, 30); ctx.arcTo(100, 70, 10, 70, 10); ctx.lineTo(10, 70); ctx.closePath(); ctx.fillStyle = "olive"; ctx.fill(); ctx.lineWidth = 2; ctx.stroke()', 1],
  evenodd: ['ctx.beginPath(); ctx.rect(10, 10, 80, 60); ctx.rect(30, 25, 30, 30); ctx.fillStyle = "purple"; ctx.fill("evenodd"); ctx.beginPath(); ctx.rect(70, 20, 40, 40); ctx.rect(80, 50, 20, -20); ctx.fillStyle = "gold"; ctx.fill()', 1],
  roundRect: ['ctx.beginPath(); ctx.roundRect(10, 10, 100, 60, [5, 30, 10, 0]); ctx.fillStyle = "slateblue"; ctx.fill()', 1],
  transforms: ['ctx.translate(60, 40); ctx.rotate(0.5); ctx.scale(1.5, 0.7); ctx.fillStyle = "green"; ctx.fillRect(-20, -20, 40, 40); ctx.setTransform(1, 0.2, -0.3, 1, 20, 5); ctx.strokeRect(5, 5, 30, 30); ctx.resetTransform(); ctx.fillRect(0, 0, 6, 6)', 1],
  states: ['ctx.fillStyle = "red"; ctx.save(); ctx.fillStyle = "blue"; ctx.globalAlpha = 0.5; ctx.fillRect(0, 0, 40, 40); ctx.restore(); ctx.restore(); ctx.fillRect(40, 0, 40, 40)', 1],
  linear: ['const g = ctx.createLinearGradient(10, 0, 110, 60); g.addColorStop(0, "red"); g.addColorStop(0.5, "yellow"); g.addColorStop(1, "rgba(0, 0, 255, 0)"); ctx.fillStyle = g; ctx.fillRect(0, 0, 120, 80)', 1],
  radial: ['const g = ctx.createRadialGradient(60, 40, 5, 60, 40, 40); g.addColorStop(0, "white"); g.addColorStop(1, "black"); ctx.fillStyle = g; ctx.fillRect(0, 0, 120, 80)', 1],
  dashes: ['ctx.setLineDash([10, 5, 2]); ctx.lineDashOffset = 4; ctx.lineWidth = 4; ctx.beginPath(); ctx.moveTo(5, 20); ctx.lineTo(115, 20); ctx.stroke(); ctx.lineCap = "round"; ctx.setLineDash([1, 12]); ctx.strokeRect(15, 35, 80, 30)', 1],
  joins: ['ctx.lineWidth = 12; for (const [i, join] of ["miter", "round", "bevel"].entries()) { ctx.lineJoin = join; ctx.lineCap = ["butt", "round", "square"][i]; ctx.beginPath(); ctx.moveTo(15 + i * 36, 60); ctx.lineTo(28 + i * 36, 20); ctx.lineTo(40 + i * 36, 60); ctx.stroke() }', 1],
  shadow: ['ctx.shadowColor = "rgba(0, 0, 0, .6)"; ctx.shadowBlur = 10; ctx.shadowOffsetX = 6; ctx.shadowOffsetY = 4; ctx.fillStyle = "orange"; ctx.fillRect(20, 15, 60, 40)', 1],
  clip: ['ctx.beginPath(); ctx.arc(60, 40, 30, 0, 7); ctx.clip(); ctx.fillStyle = "navy"; ctx.fillRect(0, 0, 70, 80); ctx.fillStyle = "pink"; ctx.fillRect(70, 0, 50, 80)', 1],
  pattern: ['const o = make(10, 10), p = o.getContext("2d"); p.fillStyle = "red"; p.fillRect(0, 0, 5, 5); p.fillStyle = "blue"; p.fillRect(5, 5, 5, 5); ctx.fillStyle = ctx.createPattern(o, "repeat"); ctx.fillRect(5, 5, 100, 60)', 1],
  canvases: ['const o = make(40, 30), p = o.getContext("2d"); p.fillStyle = "red"; p.fillRect(0, 0, 20, 30); p.fillStyle = "lime"; p.fillRect(20, 0, 20, 15); ctx.drawImage(o, 5, 5); ctx.drawImage(o, 50, 5, 60, 20); ctx.drawImage(o, 10, 0, 20, 30, 20, 45, 60, 30)', 1],
  pixels: ['const d = ctx.createImageData(30, 30); for (let i = 0; i < d.data.length; i += 4) { d.data[i] = i % 256; d.data[i + 1] = (i >> 4) % 256; d.data[i + 3] = 255 } ctx.putImageData(d, 10, 10); const e = ctx.getImageData(15, 15, 10, 10); ctx.putImageData(e, 60, 20); ctx.putImageData(d, 80, 40, 5, 5, 10, 10)', 1],
  path2d: [`const p = new Path("M10 10 h 40 v 30 a 20 20 0 0 1 -40 0 z m 60 0 c 10 -10 30 10 20 30 s 10 20 20 10 q -20 20 -40 0 t -10 5"); ctx.fillStyle = "brown"; ctx.fill(p); ctx.lineWidth = 2; ctx.stroke(p); const r = new Path(); r.rect(0, 0, 10, 10); const s = new Path(); s.addPath(r, { a: 1, b: 0, c: 0, d: 1, e: 100, f: 60 }); ctx.fill(s)`, 1],
  text: ['ctx.font = "bold 20px Noto Sans CJK SC"; ctx.fillStyle = "#222"; ctx.fillText("Canvas 画布", 5, 25); ctx.textAlign = "right"; ctx.textBaseline = "top"; ctx.font = "14px Noto Sans CJK SC"; ctx.fillText("right", 115, 35); ctx.textAlign = "center"; ctx.textBaseline = "middle"; ctx.fillText("middle", 60, 65, 30)', 5],
}
for (const op of ['source-atop', 'source-in', 'source-out', 'destination-over', 'destination-in', 'destination-out', 'lighter', 'xor', 'copy', 'multiply', 'screen',
  'overlay', 'darken', 'lighten', 'color-dodge', 'color-burn', 'hard-light', 'soft-light', 'difference', 'exclusion', 'hue', 'saturation', 'color', 'luminosity']) {
  drawings[op] = [`ctx.fillStyle = "rgb(200, 90, 40)"; ctx.fillRect(10, 10, 60, 40); ctx.globalCompositeOperation = "${op}"; ctx.fillStyle = "rgba(40, 120, 220, .8)"; ctx.beginPath(); ctx.arc(70, 45, 28, 0, 7); ctx.fill()`, 1]
}
const bodies = Object.entries(drawings).map(([name, [body]]) => `${JSON.stringify(name)}: (ctx, make, Path) => { ${body} }`).join(',\n')

const app = folder({
  'app.json': { pages: ['a'] }, 'app.js': 'App({})', 'a.wxml': `<canvas type="2d" id="c" style="width: ${W}px; height: ${H}px"/>`,
  'a.js': `const drawings = {${bodies}}
Page({ onReady() { wx.createSelectorQuery().select('#c').node(({ node: canvas }) => {
  for (const name of Object.keys(drawings)) {
    canvas.width = ${W}; canvas.height = ${H}
    const ctx = canvas.getContext('2d')
    try { drawings[name](ctx, (width, height) => wx.createOffscreenCanvas({ type: '2d', width, height }), function Path(text) { return canvas.createPath2D(text) }) }
    catch (error) { console.log('BROKEN', name, error.message) }
    console.log('DRAWN', name, canvas.toDataURL())
  }
  console.log('ALL')
}).exec() } })`,
})
const { page, program } = await open(app)
check('all is drawn', await until(() => program.lines.includes('ALL')), program.lines.slice(0, 2000))
check('nothing throws', !program.lines.includes('BROKEN'), program.lines.match(/BROKEN.*/g))

const drawn = Object.fromEntries([...program.lines.matchAll(/DRAWN (\S+) (data:\S+)/g)].map(([, name, url]) => [name, url]))

// on a page without the simulator's policy
const other = await page.context().newPage()
await other.setContent('<p></p>')
const far = await other.evaluate(async ([text, pictures, width, height]) => {
  const make = (w, h) => Object.assign(document.createElement('canvas'), { width: w, height: h })
  const pixels = (draw) => {
    const ctx = make(width, height).getContext('2d')
    draw(ctx)
    return ctx.getImageData(0, 0, width, height).data
  }
  const found = {}
  for (const [name, draw] of Object.entries(new Function(`return {${text}}`)())) {
    const image = await createImageBitmap(await (await fetch(pictures[name])).blob())
    const [got, want] = [pixels((ctx) => ctx.drawImage(image, 0, 0)), pixels((ctx) => draw(ctx, make, Path2D))]
    let sum = 0
    for (let i = 0; i < got.length; i += 4) {
      const [a, b] = [got[i + 3] / 255, want[i + 3] / 255]
      for (let k = 0; k < 3; k += 1) sum += Math.abs(got[i + k] * a - want[i + k] * b) / 3
      sum += Math.abs(got[i + 3] - want[i + 3])
    }
    found[name] = sum / (got.length / 4) / 2
  }
  return found
}, [bodies, drawn, W, H])
for (const [name, [, limit]] of Object.entries(drawings)) check(`${name} is what a browser draws`, far[name] <= limit, `${far[name]} > ${limit}`)
if (process.env.SHOW) console.log(far)
await finish()
