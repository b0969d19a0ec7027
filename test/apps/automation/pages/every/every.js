Page({
  data: { picked: 0, turned: [0, 0], wheels: [['a', 'b', 'c'], ['1', '2', '3', '4']], columns: [], spun: [], put: 0, submitted: null },
  chosen(event) { this.setData({ picked: Number(event.detail.value) }) },
  put() { this.setData({ put: this.data.put + 1 }) },
  chosenMulti(event) { this.setData({ turned: event.detail.value }) },
  column(event) { this.setData({ columns: [...this.data.columns, [event.detail.column, event.detail.value]] }) },
  chosenTime(event) { this.setData({ time: event.detail.value }) },
  chosenDate(event) { this.setData({ date: event.detail.value }) },
  chosenRegion(event) { this.setData({ region: event.detail.value }) },
  spun(event) { this.setData({ spun: event.detail.value }) },
  submitted(event) { this.setData({ submitted: event.detail.value }) },
  told() {},
})
