Page({
  data: { answer: '' },
  tell(answer) { this.setData({ answer }) },
  modal() { wx.showModal({ title: 'sure', content: 'really?', success: (result) => this.tell(result.confirm ? 'yes' : 'no') }) },
  sheet() {
    wx.showActionSheet({ itemList: ['a', 'b'], success: (result) => this.tell(`item ${result.tapIndex}`), fail: () => this.tell('no item') })
  },
  ask() { wx.authorize({ scope: 'scope.userInfo', success: () => this.tell('allowed'), fail: () => this.tell('denied') }) },
  onShareAppMessage() { return { title: 'to you', path: '/pages/index/index?shared=1' } },
})
