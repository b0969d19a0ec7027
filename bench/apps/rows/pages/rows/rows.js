// One step a tap. The rows have the shape of the peer's own bench page, so that the same work is measured.
const make = (count) => {
  const rows = []
  for (let id = 0; id < count; id += 1) {
    rows.push({ id, title: `Row ${id} 标题`, note: `note ${id * 7} 说明文字`, price: (id * 37) % 1000, on: id % 3 === 0 })
  }
  return rows
}

Page({
  data: { rows: [], n: 0 },
  step: 0,

  clear() { this.setData({ rows: [] }) },
  append() { this.setData({ rows: make(1000) }) },
  one() {
    this.step += 1
    this.setData({ [`rows[${(this.step * 5) % 1000}].title`]: `Changed ${this.step}` })
  },
  few() { this.setData({ rows: make(200) }) },
  reorder() {
    this.step += 1
    const rows = this.data.rows.slice()
    let state = this.step
    for (let at = rows.length - 1; at > 0; at -= 1) {
      state = (state * 1103515245 + 12345) % 2147483648
      const other = state % (at + 1)
      ;[rows[at], rows[other]] = [rows[other], rows[at]]
    }
    this.setData({ rows })
  },
  // 10,000 small setData, each waits for the one before to be shown
  small() {
    let left = 10000
    const next = () => {
      left -= 1
      if (left > 0) this.setData({ n: left }, next)
      else console.log('small done')
    }
    next()
  },
})
