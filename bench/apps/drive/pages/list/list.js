Page({
  data: { chosen: 0, rows: [] },
  onLoad() {
    const rows = []
    for (let i = 1; i <= 40; i += 1) rows.push({ id: i, name: `Item ${i}`, note: `第 ${i} 项，点一下就选中` })
    this.setData({ rows })
  },
  choose(event) { this.setData({ chosen: event.currentTarget.dataset.id }) },
})
