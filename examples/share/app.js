// Cards that people forward (转发) to each other. Every way in is looked at here: who opens a card out of a group, with a share
// ticket (分享票据), learns through the backend which group that was.
const cards = require('./cards.js')
const backend = require('./backend.js')

App({
  globalData: { cards, entered: {}, me: null, groups: [], problem: '' },

  onLaunch(options) {
    console.log('launched', options.path, 'scene', options.scene)
  },

  onShow(options) {
    this.globalData.entered = options
    if (options.shareTicket) this.openTicket(options.shareTicket)
  },

  // Once: each wx.login makes a new session_key, and what was sealed before opens no more. The code goes to the backend, which
  // keeps the session_key and gives us a token of its own.
  signIn() {
    this.signingIn ||= this.signInOnce().catch((error) => {
      this.signingIn = null
      throw error
    })
    return this.signingIn
  },

  async signInOnce() {
    const { code } = await wx.login()
    this.globalData.me = await backend.post('/login', { code })
    return this.globalData.me
  },

  // only the backend can read encryptedData; the group's name we may show (open-data), but not read
  async openTicket(shareTicket) {
    try {
      const { token } = await this.signIn()
      const { encryptedData, iv } = await wx.getShareInfo({ shareTicket })
      const { openGId } = await backend.post('/open', { token, encryptedData, iv })
      const { groups } = this.globalData
      if (!groups.includes(openGId)) groups.push(openGId)
      console.log('group', openGId)
    } catch (error) {
      this.globalData.problem = error.errMsg || error.message
      console.warn(this.globalData.problem)
    }
    if (this.changed) this.changed()
  },
})
