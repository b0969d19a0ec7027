App({
  globalData: { count: 0 },
  onLaunch(options) { this.launched = options },
  onError(error) { this.lastError = error },
})
