// One step a tap, or a call: the names are those of the peer's bench page.
const make = (count) => {
  const rows = []
  for (let id = 0; id < count; id += 1) rows.push({ id, name: `Row ${id} 标题`, price: (id * 37) % 1000 })
  return rows
}
const UPDATES = 100

Page({
  data: { rows: [], v: 0 },
  step: 0,
  plan: [
    { name: 'instantiate 1000 components', before: 'benchReset', method: 'benchAppend', count: 20 },
    { name: 'property through 3 levels, 100 times', method: 'benchOne', count: 50 },
    { name: 'reorder 200 rows of components', before: 'benchFew', method: 'benchReorder', count: 50 },
  ],

  benchReset(done) { this.setData({ rows: [] }, done) },
  benchAppend(i, done) { this.setData({ rows: make(1000) }, done) },
  benchOne(i, done) {
    for (let left = UPDATES; left > 0; left -= 1) {
      this.step += 1
      this.setData({ v: this.step }, left === 1 ? done : undefined)
    }
  },
  benchFew() { if (this.data.rows.length !== 200) this.setData({ rows: make(200) }) },
  benchReorder(i, done) {
    this.benchFew()
    this.step += 1
    const rows = this.data.rows.slice()
    let state = this.step
    for (let at = rows.length - 1; at > 0; at -= 1) {
      state = (state * 1103515245 + 12345) % 2147483648
      const other = state % (at + 1)
      ;[rows[at], rows[other]] = [rows[other], rows[at]]
    }
    this.setData({ rows }, done)
  },
  clear() { this.benchReset(() => {}) },
  append() { this.benchAppend(0, () => {}) },
  one() { this.benchOne(0, () => {}) },
  few() { this.benchFew() },
  reorder() { this.benchReorder(0, () => {}) },
})
