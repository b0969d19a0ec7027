// The cards that can be forwarded, and what this person has forwarded so far.
const cards = require('./cards.js')

App({
  globalData: { cards, scene: 0 },

  onLaunch(options) {
    this.globalData.scene = options.scene
    console.log('launched', options.path, 'scene', options.scene)
  },

  onShow(options) {
    // 1044: opened through a forwarded card that carries a share ticket (分享票据)
    if (options.scene === 1044) console.log('share ticket', options.shareTicket)
  },
})
