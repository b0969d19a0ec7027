// Says what happens to it: the scenarios of test/data/share.dat compare these lines.
const plans = require('./plans.js')

const brief = ({ path, query, scene, shareTicket, referrerInfo }) => JSON.stringify({ path, query, scene, shareTicket, referrerInfo })

App({
  ticket: '',
  onLaunch(options) {
    console.log('onLaunch', brief(options))
    if (plans[options.query.plan] && plans[options.query.plan].launched) plans[options.query.plan].launched(this)
  },
  onShow(options) {
    console.log('onShow', brief(options))
    if (options.shareTicket) this.ticket = options.shareTicket
  },
  onHide() {
    console.log('onHide')
  },
  onPageNotFound({ path, query, isEntryPage }) {
    console.log('onPageNotFound', JSON.stringify({ path, query, isEntryPage }))
    wx.redirectTo({ url: '/pages/bare/bare' })
  },
})
