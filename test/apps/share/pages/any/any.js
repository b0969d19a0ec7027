const plans = require('../../plans.js')
const app = getApp()

const say = (name) => (res) => console.log(name, JSON.stringify(res))

Page({
  data: { plan: 'plain', gid: '' },

  onLoad(query) {
    console.log('onLoad', JSON.stringify(query))
    this.setData({ plan: query.plan || 'plain' })
    const { calls = [], opened } = plans[this.data.plan]
    if (opened) opened()
    calls.forEach(([name, parameters]) => wx[name](parameters && { ...parameters, complete: say(name) }))
  },
  onShow() { console.log('page shown') },
  onHide() { console.log('page hidden') },
  onUnload() { console.log('page unloaded') },

  // the person's actions
  tap() { console.log('tap') },
  login() { wx.login({ success: ({ code }) => console.log('code', code), fail: say('login') }) },
  settings() {
    wx.getSetting({ complete: say('getSetting') })
    wx.authorize({ scope: 'scope.userInfo', complete: say('authorize') })
    wx.getSetting({ complete: say('getSetting') })
  },
  check() { wx.checkSession({ complete: say('checkSession') }) },
  info() { this.ask(app.ticket) },
  ask(shareTicket) {
    wx.getShareInfo({
      shareTicket,
      success: ({ errMsg, ...sealed }) => console.log(errMsg, 'sealed', JSON.stringify(sealed)),
      fail: say('fail'),
    })
  },
  group() { wx.getGroupEnterInfo({ success: ({ errMsg, ...sealed }) => console.log(errMsg, 'sealed', JSON.stringify(sealed)), fail: say('fail') }) },
  secret() {
    wx.authPrivateMessage({
      shareTicket: app.ticket,
      success: ({ errMsg, valid, ...sealed }) => console.log(errMsg, valid, valid ? 'sealed' : '', valid ? JSON.stringify(sealed) : ''),
      fail: say('fail'),
    })
  },
  user() {
    wx.getUserInfo({
      withCredentials: true,
      success: ({ errMsg, rawData, signature, userInfo, ...sealed }) => {
        console.log(errMsg, rawData, 'signature', signature)
        console.log('sealed', JSON.stringify(sealed))
      },
      fail: say('fail'),
    })
  },
  run() { wx.getWeRunData({ success: ({ errMsg, ...sealed }) => console.log(errMsg, 'sealed', JSON.stringify(sealed)), fail: say('fail') }) },
  phone({ detail: { errMsg, encryptedData, iv } }) {
    console.log(errMsg)
    if (encryptedData) console.log('sealed', JSON.stringify({ encryptedData, iv }))
  },
  profile({ detail: { errMsg, userInfo } }) { console.log(errMsg, userInfo ? userInfo.nickName : '') },
  name({ detail }) { this.setData({ gid: detail.value }) },
  dynamic() {
    wx.updateShareMenu({
      withShareTicket: true, isUpdatableMessage: true, activityId: this.data.activity, complete: say('updateShareMenu'),
      templateInfo: { parameterList: [{ name: 'member_count', value: '1' }, { name: 'room_limit', value: '5' }] },
    })
  },
  own() { wx.updateShareMenu({ isPrivateMessage: true, activityId: this.data.activity, complete: say('updateShareMenu') }) },
  away() { wx.navigateTo({ url: '/pages/part/part' }) },

  onShareAppMessage(options) {
    console.log('onShareAppMessage', JSON.stringify(options))
    const { share } = plans[this.data.plan]
    const result = share ? share.call(this, options) : undefined
    if (result && result.success) {
      const { success } = result
      result.success = (res) => {
        success(res)
        if (res.shareTickets) [app.ticket] = res.shareTickets
      }
    }
    return result
  },
  onShareTimeline() {
    console.log('onShareTimeline')
    return { title: '朋友圈', query: 'plan=opened&from=timeline' }
  },
  onAddToFavorites(options) {
    console.log('onAddToFavorites', JSON.stringify(options))
    return { title: '收藏', query: 'plan=opened&from=favorite' }
  },
})
