Component({
  properties: { title: { type: String, value: 'none' }, size: Number },
  data: { taps: 0, list: [{ name: 'a' }] },
  methods: {
    onTitle() {
      this.setData({ taps: this.data.taps + 1 })
      this.triggerEvent('change', { taps: this.data.taps })
    },
    add(a, b) { return a + b },
    later(value) { return new Promise((resolve) => { setTimeout(() => resolve(value), 30) }) },
    rename(title) { this.setData({ title }) },
  },
})
