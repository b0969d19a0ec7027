const app = getApp()
const backend = require('../../backend.js')

Page({
  data: { card: null, words: '', joined: 1, result: '' },

  onLoad({ id }) {
    const card = app.globalData.cards.find((other) => other.id === id)
    if (!card) {
      wx.showModal({ title: '没有这张卡片', content: id, showCancel: false })
      return
    }
    this.setData({ card })
    wx.setNavigationBarTitle({ title: card.title })
    // from now on a card to a group carries a share ticket
    wx.showShareMenu({ withShareTicket: true })
    if (card.seats) this.startActivity(card)
  },

  // the backend makes the activity and changes its state; the page says what the cards show at first
  async startActivity({ seats }) {
    try {
      const { token } = await app.signIn()
      const { activityId } = await backend.post('/activity', { token })
      this.activityId = activityId
      await wx.updateShareMenu({
        withShareTicket: true,
        isUpdatableMessage: true,
        activityId,
        templateInfo: { parameterList: [{ name: 'member_count', value: '1' }, { name: 'room_limit', value: String(seats) }] },
      })
    } catch (error) {
      console.warn('no dynamic message:', error.errMsg || error.message)
    }
  },

  async join() {
    const { card, joined } = this.data
    this.setData({ joined: joined + 1 })
    if (!this.activityId) return
    await backend.post('/join', {
      activityId: this.activityId, joined: joined + 1, seats: card.seats, path: `/pages/card/card?id=${card.id}&full=1`,
    })
    wx.showToast({ title: '已参加' })
  },

  say(event) {
    this.setData({ words: event.detail.value })
  },

  onShareAppMessage({ from, target }) {
    const { card, words } = this.data
    console.log('forwarded from', from, target ? target.id : '')
    return {
      title: words || card.title,
      path: `/pages/card/card?id=${card.id}`,
      imageUrl: card.image, // undefined: the top of this page
      success: ({ shareTickets }) => {
        this.setData({ result: shareTickets ? `已转发到 ${shareTickets.length} 个群` : '已转发' })
        if (shareTickets) shareTickets.forEach((ticket) => app.openTicket(ticket))
      },
      fail: ({ errMsg }) => this.setData({ result: errMsg === 'shareAppMessage:fail cancel' ? '没有转发' : errMsg }),
    }
  },

  onShareTimeline() {
    const { card } = this.data
    return { title: card.title, query: `id=${card.id}`, imageUrl: card.image }
  },

  onAddToFavorites() {
    return { title: this.data.card.title, query: `id=${this.data.card.id}` }
  },
})
