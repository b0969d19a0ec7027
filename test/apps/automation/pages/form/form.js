Page({
  data: { name: '', words: '', on: false, said: '', level: 30, checks: [], radio: '', picked: '', query: {} },
  onLoad(query) { this.setData({ query }) },
  onInput(event) { this.setData({ name: event.detail.value, said: 'name ' + event.detail.value }) },
  onWords(event) { this.setData({ words: event.detail.value }) },
  onConfirm() { this.setData({ said: 'confirmed' }) },
  onSwitch(event) { this.setData({ on: event.detail.value }) },
  onSlider(event) { this.setData({ level: event.detail.value }) },
  onCheck(event) { this.setData({ checks: event.detail.value }) },
  onRadio(event) { this.setData({ radio: event.detail.value }) },
  onPick(event) { this.setData({ picked: event.detail.value }) },
  onSubmit(event) { this.setData({ submitted: event.detail.value }) },
})
