// The program's own server, backend/server.mjs.
const address = 'http://127.0.0.1:9410'

exports.post = (path, data) =>
  new Promise((resolve, reject) => {
    wx.request({
      url: address + path,
      method: 'POST',
      data,
      success: ({ statusCode, data: answer }) =>
        statusCode === 200 ? resolve(answer) : reject(new Error(answer.error || `backend: ${statusCode}`)),
      fail: () => reject(new Error('后端没有运行 The backend is not running: sh examples/share/run.sh')),
    })
  })
