const app = getApp()

Page({
  data: { scene: 0, liked: [], system: {} },

  onShow() {
    const liked = wx.getStorageSync('liked') || {}
    this.setData({
      scene: app.globalData.scene,
      liked: app.globalData.cards.filter(({ id }) => liked[id]),
      system: wx.getSystemInfoSync(),
    })
  },

  onShareAppMessage() {
    return { title: '我喜欢的卡片', path: '/pages/index/index' }
  },
})
