'use strict'
// wx as a unit test wants it: the engine's own functions, on the device that snapshots know, and no question left open.
const { systemInfo } = require('./device')

const windowKeys = ['pixelRatio', 'screenWidth', 'screenHeight', 'windowWidth', 'windowHeight', 'statusBarHeight', 'safeArea']

function makeWx(logic) {
  const { wx } = logic.kit
  const own = { ...wx }
  own.getSystemInfoSync = () => ({ ...systemInfo })
  own.getWindowInfo = () => {
    const info = { ...wx.getWindowInfo(), screenTop: systemInfo.screenHeight - systemInfo.windowHeight }
    for (const key of windowKeys) if (key in systemInfo) info[key] = systemInfo[key]
    return info
  }
  own.canIUse = () => true
  own.nextTick = (fn) => { setTimeout(fn, 0) }
  return own
}

module.exports = { makeWx }
