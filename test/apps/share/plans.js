// What a page does, by its query's `plan`.
const say = (name) => (res) => console.log(name, JSON.stringify(res))
const told = { success: say('success'), fail: say('fail'), complete: say('complete') }
const later = (ms, value) => new Promise((resolve, reject) => setTimeout(() => (value ? resolve(value) : reject(new Error('no'))), ms))

module.exports = {
  plain: {},
  told: { share: () => told },
  ticket: { calls: [['showShareMenu', { withShareTicket: true }]], share: () => ({ title: 'Tea', path: '/pages/any/any?plan=opened&x=1', ...told }) },
  inside: { share: () => { wx.showShareMenu({ withShareTicket: true }); return told } },
  updated: { calls: [['updateShareMenu', { withShareTicket: true }]], share: () => told },
  twice: { calls: [['showShareMenu', { withShareTicket: true }], ['showShareMenu', {}]], share: () => told },
  opened: { share: () => told },
  custom: { share: () => ({ title: '标题 & "title"', path: '/pages/bare/bare?a=1&b=%20', ...told }) },
  relative: { share: () => ({ path: 'pages/bare/bare?c=3' }) },
  missing: { share: () => ({ path: '/pages/none/none?d=4' }) },
  misuse: { share: () => ({ imgUrl: 'x.png', desc: 'd', content: 'c', title: 7, path: { no: 1 } }) },
  nothing: { share: () => undefined },
  text: { share: () => 'text' },
  throws: { share: () => { throw new Error('oops') } },
  pending: { share: () => ({ title: 'before', ...told, promise: later(1000, { title: 'after', path: '/pages/bare/bare' }) }) },
  rejected: { share: () => ({ title: 'before', promise: later(10) }) },
  late: { share: () => ({ title: 'before', promise: later(3500, { title: 'too late' }) }) },
  hidden: { calls: [['hideShareMenu', undefined]], share: () => told },
  shown: { calls: [['hideShareMenu', {}], ['showShareMenu', {}]], share: () => told },
  menus: { calls: [['showShareMenu', { menus: ['shareTimeline'] }], ['hideShareMenu', { menus: ['shareTimeline'] }]] },
  launched: { launched: () => wx.showShareMenu({ withShareTicket: true }), share: () => told },
  wrong: { calls: [['showShareMenu', { withShareTicket: 'x' }], ['getShareInfo', {}], ['getShareInfo', { shareTicket: 'x' }], ['updateShareMenu', { isUpdatableMessage: true }]] },
  image: { share: () => ({ title: 'image', imageUrl: '/wide.png' }) },
  tall: { share: () => ({ title: 'tall', imageUrl: '/tall.jpg' }) },
  noImage: { share: () => ({ title: 'noImage', imageUrl: 'none.png' }) },
  script: { share: () => ({ title: 'script', imageUrl: '/app.js' }) },
  saved: { share: () => ({ title: 'saved', imageUrl: 'wxfile://usr/a.png' }) },
  temporary: { share: () => ({ title: 'temporary', imageUrl: 'wxfile://tmp_a.png' }) },
  stored: { share: () => ({ title: 'stored', imageUrl: 'wxfile://store_a.jpg' }) },
  can: {
    calls: [],
    opened() {
      const names = ['showShareMenu', 'showShareMenu.withShareTicket', 'showShareMenu.object.menus', 'hideShareMenu', 'updateShareMenu',
        'updateShareMenu.isUpdatableMessage', 'updateShareMenu.isPrivateMessage', 'getShareInfo', 'getShareInfo.object.timeout',
        'getGroupEnterInfo', 'authPrivateMessage', 'button.open-type', 'button.open-type.share', 'button.open-type.getPhoneNumber',
        'open-data', 'open-data.type.groupName', 'open-data.type.userNickName', 'onShareAppMessage.object.from',
        'onShareAppMessage.object.webViewUrl', 'onShareAppMessage.return.imageUrl', 'onShareAppMessage.return.success',
        'onShareAppMessage.return.promise', 'login', 'login.object.timeout', 'getUserInfo.object.withCredentials', 'getUserProfile', 'shareFileMessage']
      console.log('can', names.filter((name) => wx.canIUse(name)).join(' '))
      console.log('are', ['showShareMenu', 'updateShareMenu', 'getShareInfo', 'getGroupEnterInfo'].filter((name) => wx[name]).join(' '))
    },
  },
  dynamic: { share: () => told },
  own: { share: () => told },
}
