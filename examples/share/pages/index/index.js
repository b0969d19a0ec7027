const app = getApp()

Page({
  data: { cards: [], liked: {} },

  onLoad() {
    this.setData({ cards: app.globalData.cards, liked: wx.getStorageSync('liked') || {} })
  },

  open(event) {
    wx.navigateTo({ url: `/pages/card/card?id=${event.currentTarget.dataset.id}` })
  },

  like(event) {
    const { id, index } = event.currentTarget.dataset
    const on = !this.data.liked[id]
    this.setData({
      [`liked.${id}`]: on,
      [`cards[${index}].likes`]: this.data.cards[index].likes + (on ? 1 : -1),
    })
    wx.setStorageSync('liked', this.data.liked)
  },

  onPullDownRefresh() {
    wx.showToast({ title: '已刷新' })
    wx.stopPullDownRefresh()
  },

  // from the menu it is this page that is shared, from a button one of its cards
  onShareAppMessage({ from, target }) {
    if (from === 'menu') return { title: '看看这些卡片', path: '/pages/index/index' }
    const { id, title, image } = this.data.cards[target.dataset.index]
    return { title, path: `/pages/card/card?id=${id}`, imageUrl: image }
  },
})
