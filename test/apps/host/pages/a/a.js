const events = []
const note = (name) => (detail) => events.push([name, detail])
wx.onThemeChange(note('theme'))
wx.onWindowResize(note('window'))
wx.onNetworkStatusChange(note('network'))
Page({
  data: { events },
  onResize(detail) { events.push(['page', detail]) },
  take() { return events.splice(0) },
  facts() { return wx.getSystemInfoSync() },
  load(url, data) {
    const start = Date.now()
    return new Promise((resolve) => {
      const task = wx.request({ url, data, method: data ? 'POST' : 'GET', timeout: 20000, enableChunked: true,
        success: ({ data: got }) => resolve({ ms: Date.now() - start, size: String(got).length, chunks }),
        fail: ({ errMsg }) => resolve({ ms: Date.now() - start, errMsg }) })
      let chunks = 0
      task.onChunkReceived?.(() => { chunks += 1 })
    })
  },
})
