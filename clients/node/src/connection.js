// One WebSocket: calls with their answers, and events.
'use strict'
const { EventEmitter } = require('node:events')
const WebSocket = require('ws')

class Connection extends EventEmitter {
  constructor(socket, endpoint) {
    super()
    this.endpoint = endpoint
    this.socket = socket
    this.last = 0
    this.waiting = new Map() // id -> {resolve, reject, method}
    this.listeners = new Set() // of all calls: {method, params, ms, result | error}; recordings and traces
    socket.on('message', (data) => this.receive(JSON.parse(data)))
    socket.on('close', () => this.end(new Error('the connection to mina is closed')))
    socket.on('error', (error) => this.end(error))
  }

  static open(endpoint) {
    return new Promise((resolve, reject) => {
      const socket = new WebSocket(endpoint, { perMessageDeflate: false })
      socket.once('error', reject)
      socket.once('open', () => {
        socket.removeListener('error', reject)
        resolve(new Connection(socket, endpoint))
      })
    })
  }

  receive(message) {
    if (message.id === undefined || message.id === null) {
      this.emit('event', message.method, message.params)
      return
    }
    const waiting = this.waiting.get(message.id)
    if (!waiting) return
    this.waiting.delete(message.id)
    if (message.error) waiting.reject(Object.assign(new Error(message.error.message), { method: waiting.method }))
    else waiting.resolve(message.result)
  }

  end(error) {
    for (const { reject } of this.waiting.values()) reject(error)
    this.waiting.clear()
    this.emit('end')
  }

  async send(method, params = {}) {
    const began = Date.now()
    const heard = { method, params }
    try {
      heard.result = await this.exchange(method, params)
      return heard.result
    } catch (error) {
      heard.error = error.message
      throw error
    } finally {
      heard.ms = Date.now() - began
      for (const listen of this.listeners) await listen(heard)
    }
  }

  /** Without telling those who listen to calls. */
  exchange(method, params = {}) {
    this.last += 1
    const id = String(this.last)
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject, method })
      this.socket.send(JSON.stringify({ id, method, params }), (error) => { if (error) reject(error) })
    })
  }

  close() {
    if (this.socket.readyState === WebSocket.CLOSED) return Promise.resolve()
    return new Promise((resolve) => {
      this.socket.once('close', resolve)
      this.socket.close()
    })
  }
}

module.exports = { Connection }
