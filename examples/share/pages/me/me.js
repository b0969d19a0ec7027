const app = getApp()

Page({
  data: { entered: {}, openid: '', groups: [], problem: '', person: null, liked: [], system: {} },

  onShow() {
    const liked = wx.getStorageSync('liked') || {}
    this.setData({
      liked: app.globalData.cards.filter(({ id }) => liked[id]),
      system: wx.getSystemInfoSync(),
    })
    app.changed = () => this.refresh()
    this.refresh()
  },

  onHide() {
    app.changed = null
  },

  refresh() {
    const { entered, me, groups, problem } = app.globalData
    this.setData({ entered, groups, problem, openid: me ? me.openid : '' })
  },

  async signIn() {
    try {
      await app.signIn()
    } catch (error) {
      app.globalData.problem = error.errMsg || error.message
    }
    this.refresh()
  },

  take({ detail }) {
    if (detail.userInfo) this.setData({ person: detail.userInfo })
  },

  onShareAppMessage() {
    return { title: '我喜欢的卡片', path: '/pages/index/index' }
  },
})
