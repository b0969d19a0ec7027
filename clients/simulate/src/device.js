'use strict'
// The device whose facts a test's snapshots hold. miniprogram-simulate plays one phone until its version 1.5 and another from
// 1.6 on, so the version that a project asks for counts.
const fs = require('fs')
const path = require('path')

const before16 = {
  SDKVersion: '2.3.0', batteryLevel: 100, benchmarkLevel: 1, brand: 'devtools', fontSizeSetting: 16, language: 'zh_CN',
  model: 'iPhone 7 Plus', pixelRatio: 3, platform: 'devtools', screenHeight: 736, screenWidth: 414, statusBarHeight: 20,
  system: 'iOS 10.0.1', version: '6.6.3', windowHeight: 672, windowWidth: 414,
}

const since16 = {
  brand: 'devtools', model: 'iPhone 12/13 Pro Max', pixelRatio: 3, screenWidth: 428, screenHeight: 926, windowWidth: 428,
  windowHeight: 835, statusBarHeight: 47, language: 'zh_CN', version: '8.0.5', system: 'iOS 10.0.1', platform: 'ios',
  fontSizeSetting: 16, SDKVersion: '2.32.2', benchmarkLevel: 1, albumAuthorized: true, cameraAuthorized: true,
  locationAuthorized: true, microphoneAuthorized: true, notificationAuthorized: true, notificationAlertAuthorized: true,
  notificationBadgeAuthorized: true, notificationSoundAuthorized: true, phoneCalendarAuthorized: true, bluetoothEnabled: true,
  locationEnabled: true, wifiEnabled: true, safeArea: { left: 0, right: 428, top: 47, bottom: 892, width: 428, height: 845 },
  locationReducedAccuracy: true, theme: 'light', host: { env: 'WeChat' }, enableDebug: false, deviceOrientation: 'portrait',
}

function readJson(file) {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8'))
  } catch (error) {
    return {}
  }
}

/** The version of miniprogram-simulate that the project has, or asks for; it may be asked for in a folder above. */
function askedVersion() {
  for (let folder = process.cwd(); ; folder = path.dirname(folder)) {
    const installed = readJson(path.join(folder, 'node_modules/miniprogram-simulate/package.json')).version
    const { dependencies, devDependencies } = readJson(path.join(folder, 'package.json'))
    const asked = { ...dependencies, ...devDependencies }['miniprogram-simulate']
    if (asked || installed) return /\d/.test(asked || '') ? asked : installed || ''
    if (folder === path.dirname(folder)) return ''
  }
}

const [, major, minor] = /(\d+)\.(\d+)/.exec(askedVersion()) || []
const isOld = major !== undefined && (Number(major) < 1 || (Number(major) === 1 && Number(minor) < 6))

module.exports = { systemInfo: isOld ? before16 : since16 }
