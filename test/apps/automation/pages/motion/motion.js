Page({
  data: { top: 0, current: 0, x: 0, y: 0 },
  onScroll(event) { this.setData({ top: event.detail.scrollTop }) },
  onSwiper(event) { this.setData({ current: event.detail.current }) },
  onMove(event) { this.setData({ x: event.detail.x, y: event.detail.y }) },
})
