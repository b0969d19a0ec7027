Page({
  onShareAppMessage(options) {
    console.log('web shares', JSON.stringify(options))
  },
})
