Page({
  data: { count: 1, title: 'card', pressed: 'no', touches: '', card: 0, log: [], custom: null,
    rows: [{ id: 1, name: 'one' }, { id: 2, name: 'two' }, { id: 3, name: 'three' }] },
  onLoad(query) { this.query = query },
  onHead() { this.setData({ count: this.data.count + 1 }) },
  onRow(event) { this.setData({ row: event.currentTarget.dataset.id }) },
  onCard(event) { this.setData({ card: event.detail.taps }) },
  onPressed(event) { this.setData({ inner: event.detail.label }) },
  onPress() { this.setData({ pressed: 'tap' }) },
  onLong() { this.setData({ pressed: 'long' }) },
  onTouch(event) {
    const touch = event.changedTouches[0]
    this.setData({ touches: this.data.touches + event.type.slice(5) + Math.round(touch.pageX) + ' ' })
  },
  onCustom(event) { this.setData({ custom: event.detail }) },
  add(a, b) { return a + b },
  later(value) { return new Promise((resolve) => { setTimeout(() => { this.setData({ later: value }); resolve(value) }, 50) }) },
  fails() { throw new Error('on purpose') },
})
