/** What happens in a phone's program, gathered from the first panel that asks on: calls, setData, frames. One list a phone. */
const MOST = 2000
const lists = new WeakMap()

export function happenings(phone) {
  if (lists.has(phone)) return lists.get(phone)
  const gathered = { calls: [], patches: [], frames: [], listeners: new Set() }
  const open = new Map()
  lists.set(phone, gathered)
  const keep = (list, row) => {
    list.push(row)
    if (list.length > MOST) list.splice(0, list.length - MOST)
  }
  phone.on('Inspect.happened', (event) => {
    if (event.kind === 'call') {
      const row = { id: event.id, name: event.name, parameters: event.parameters, sync: event.sync, at: event.at }
      keep(gathered.calls, row)
      open.set(event.sync ? `sync ${event.name}` : event.id, row)
    } else if (event.kind === 'called') {
      const key = event.sync ? `sync ${event.name}` : event.id
      const row = open.get(key)
      open.delete(key)
      if (row) Object.assign(row, { ok: event.ok, result: event.result, ms: event.at - row.at, ended: true })
    } else if (event.kind === 'setData') keep(gathered.patches, event)
    else keep(gathered.frames, event)
    for (const listener of gathered.listeners) listener(event)
  })
  const start = () => phone.call('Inspect.record', { on: true }).catch(() => {})
  phone.on('open', start)
  phone.on('Phone.restarted', () => { gathered.calls.length = gathered.patches.length = gathered.frames.length = 0; open.clear() })
  start()
  return gathered
}

/** Calls `draw` at most once a frame while something happens; gives the way back. */
export function watch(phone, draw) {
  const { listeners } = happenings(phone)
  let due = false
  const listener = () => {
    if (due) return
    due = true
    requestAnimationFrame(() => { due = false; draw() })
  }
  listeners.add(listener)
  return () => listeners.delete(listener)
}
