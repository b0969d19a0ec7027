'use strict'
// wx as a unit test wants it: on the device that snapshots know, and every call ends well a turn later. What the engine answers by
// then counts; what it cannot, because it wants a person or a network, is as if all had gone well.
const { systemInfo } = require('./device')

const windowKeys = ['pixelRatio', 'screenWidth', 'screenHeight', 'windowWidth', 'windowHeight', 'statusBarHeight', 'safeArea']

/** These would change the stage itself. */
const apart = new Set(['navigateTo', 'redirectTo', 'switchTab', 'reLaunch', 'navigateBack', 'exitMiniProgram', 'restartMiniProgram'])

const image = { path: '/', size: 1024, tempFilePath: '/', fileType: 'image' }
/** What calls give beside errMsg when nobody else knows. */
const answers = {
  showModal: { content: '', confirm: true, cancel: false },
  showActionSheet: { tapIndex: 0 },
  login: { code: '123456789' },
  request: { data: {}, statusCode: 200, header: {}, cookies: [], profile: {} },
  downloadFile: { tempFilePath: '/', filePath: '/', statusCode: 200, profile: {} },
  uploadFile: { data: {}, statusCode: 200 },
  loadFontFace: { status: 'loaded' },
  chooseImage: { tempFilePaths: ['/'], tempFiles: [image] },
  chooseMedia: { type: 'image', tempFiles: [image] },
  chooseMessageFile: { tempFiles: [{ ...image, name: 'file', time: 0, type: 'file' }] },
  getImageInfo: { width: 100, height: 100, path: '/', orientation: 'up', type: 'png' },
  canvasToTempFilePath: { tempFilePath: '/' },
  getSetting: { authSetting: {}, subscriptionsSetting: {}, miniprogramAuthSetting: {} },
  getLocation: { latitude: 23.12908, longitude: 113.26436, speed: 0, accuracy: 30, altitude: 0, verticalAccuracy: 30, horizontalAccuracy: 30 },
  getNetworkType: { networkType: 'wifi', signalStrength: 100 },
  getSystemInfo: systemInfo,
  getSystemInfoAsync: systemInfo,
}
const callbacks = ['success', 'fail', 'complete']

/** A call of the engine, and its end. `call(options)` begins it. */
function endsWell(name, stage, call, delay) {
  return (options) => {
    const given = { ...options }
    const waits = callbacks.some((key) => typeof given[key] === 'function')
    let answer
    const task = call && call({ ...given, success: (result) => { answer = result }, fail() {}, complete() {} })
    const end = (heard) => {
      stage.pass()
      const result = { ...answer, ...answers[name], errMsg: `${name}:ok`, errCode: 0, errno: 0 }
      if (typeof heard.success === 'function') heard.success(result)
      if (typeof heard.complete === 'function') heard.complete(result)
    }
    if (waits || delay) {
      setTimeout(() => end(given), delay)
      return task
    }
    return new Promise((resolve) => { setTimeout(() => end({ success: resolve }), 0) })
  }
}

/** Without an error, whatever it gets. */
function calm(call) {
  return (...args) => {
    try {
      return call(...args)
    } catch (error) {
      return undefined
    }
  }
}

/** Some facts of the device; those that it has not are "". */
function pick(keys) {
  const facts = {}
  for (const key of keys) facts[key] = key in systemInfo ? systemInfo[key] : ''
  return facts
}

function makeWx(logic, stage) {
  const { wx } = logic.kit
  const own = { ...wx }
  for (const { name, kind } of logic.link.ask('table', []).apis) {
    const call = wx[name]
    if (kind === 'async') own[name] = endsWell(name, stage, apart.has(name) ? undefined : call, 0)
    else if (kind === 'task') own[name] = endsWell(name, stage, call, 100)
    else if (kind === 'sync') own[name] = calm(call)
  }
  own.getSystemInfoSync = () => ({ ...systemInfo })
  own.getWindowInfo = () => {
    const info = { ...wx.getWindowInfo(), screenTop: systemInfo.screenHeight - systemInfo.windowHeight }
    for (const key of windowKeys) if (key in systemInfo) info[key] = systemInfo[key]
    return info
  }
  own.getDeviceInfo = () => pick(['abi', 'deviceAbi', 'benchmarkLevel', 'brand', 'model', 'system', 'platform', 'cpuType', 'memorySize'])
  own.getAppBaseInfo = () => pick(['SDKVersion', 'enableDebug', 'host', 'language', 'version', 'theme'])
  own.getSystemSetting = () => ({ bluetoothEnabled: true, deviceOrientation: 'portrait', locationEnabled: true, wifiEnabled: true })
  own.getMenuButtonBoundingClientRect = () => {
    const { windowWidth: width, statusBarHeight: top } = systemInfo
    return { width: 87, height: 32, top: top + 4, right: width - 7, bottom: top + 36, left: width - 94 }
  }
  own.canIUse = () => true
  own.nextTick = (fn) => { if (typeof fn === 'function') setTimeout(fn, 0) }
  return own
}

module.exports = { makeWx }
