Page({
  data: { title: '', lines: [] },
  onLoad() {
    const lines = []
    for (let i = 0; i < 30; i += 1) lines.push(`Line ${i} of what there is to say 第 ${i} 行`)
    this.setData({ title: 'All of it', lines })
  },
})
