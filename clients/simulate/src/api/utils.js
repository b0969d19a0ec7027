'use strict'
// Functions in place of wx's own, for test setups.

const heard = (options, result) => {
  const ok = result.errMsg.includes(':ok')
  if (ok && typeof options.success === 'function') options.success(result)
  if (result.errMsg.includes(':fail') && typeof options.fail === 'function') options.fail(result)
  if (typeof options.complete === 'function') options.complete(result)
}

/** The end of a call, a turn later. */
function runInAsync(options, result) {
  setTimeout(() => heard(options, result), 0)
}

const getSize = (text) => Buffer.byteLength(text)
const mockSync = (result) => () => result
const answer = (name, data) => ({ errMsg: `${name}:ok`, errCode: 0, errno: 0, ...data })

const mockAsync = (name, data = {}) => (options = {}) => runInAsync(options, answer(name, data))

/** A promise when no function waits for the end. */
function mockAsyncAndPromise(name, data = {}, promiseData) {
  return (options = {}) => {
    if (options.success || options.fail || options.complete) {
      runInAsync(options, answer(name, data))
      return undefined
    }
    return new Promise((resolve) => { runInAsync({ success: (result) => resolve(promiseData || result) }, answer(name, data)) })
  }
}

module.exports = { runInAsync, getSize, mockSync, mockAsync, mockAsyncAndPromise }
