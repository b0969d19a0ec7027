/** A socket of the simulator: calls with answers, events, and binary messages. It comes back when the server does. */
export class Connection {
  #socket
  #path
  #last = 0
  #calls = new Map()
  #listeners = new Map()
  #closed = false
  #ready

  constructor(path) {
    this.#path = path
    this.onbinary = () => {}
    this.#open()
  }

  #open() {
    const address = new URL(this.#path, location.href)
    address.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:'
    const socket = new WebSocket(address)
    socket.binaryType = 'arraybuffer'
    this.#socket = socket
    this.#ready = new Promise((resolve) => {
      socket.onopen = () => {
        resolve()
        this.#tell('open', {})
      }
    })
    socket.onmessage = ({ data }) => (typeof data === 'string' ? this.#receive(JSON.parse(data)) : this.onbinary(data))
    socket.onclose = () => this.#lost()
  }

  #lost() {
    for (const { reject } of this.#calls.values()) reject(new Error('the connection is gone'))
    this.#calls.clear()
    this.#tell('closed', {})
    if (!this.#closed) setTimeout(() => this.#open(), 500)
  }

  #receive({ id, result, error, method, params }) {
    if (method) {
      this.#tell(method, params)
      return
    }
    const call = this.#calls.get(id)
    this.#calls.delete(id)
    if (call && error) call.reject(new Error(error.message))
    else if (call) call.resolve(result)
  }

  #tell(name, detail) {
    for (const handler of [...(this.#listeners.get(name) ?? [])]) handler(detail)
  }

  /** A call; the answer's result, or an Error with its message. */
  async call(method, params = {}) {
    if (this.#socket.readyState !== WebSocket.OPEN) await this.#ready
    if (this.#closed) throw new Error('the connection is gone')
    this.#last += 1
    const id = this.#last
    const answer = new Promise((resolve, reject) => this.#calls.set(id, { resolve, reject }))
    this.#socket.send(JSON.stringify({ id, method, params }))
    return answer
  }

  /** Sends without an answer. */
  send(data) {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(data)
  }

  /** Hears an event, "open" and "closed" among them; what it gives takes it back. */
  on(name, handler) {
    if (!this.#listeners.has(name)) this.#listeners.set(name, new Set())
    this.#listeners.get(name).add(handler)
    return () => this.#listeners.get(name).delete(handler)
  }

  close() {
    this.#closed = true
    this.#socket.close()
  }
}
