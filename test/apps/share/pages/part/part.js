Page({
  onLoad() { console.log('part') },
  onShareAppMessage: (options) => {
    console.log('part shares', JSON.stringify(options))
    return {}
  },
})
