const app = getApp()

Page({
  data: { card: null, words: '' },

  onLoad({ id }) {
    const card = app.globalData.cards.find((other) => other.id === id)
    if (!card) {
      wx.showModal({ title: '没有这张卡片', content: id, showCancel: false })
      return
    }
    this.setData({ card })
    wx.setNavigationBarTitle({ title: card.title })
  },

  say(event) {
    this.setData({ words: event.detail.value })
  },

  onShareAppMessage({ from }) {
    const { card, words } = this.data
    console.log('forwarded from', from)
    return { title: words || card.title, path: `/pages/card/card?id=${card.id}` }
  },
})
