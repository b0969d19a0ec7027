// Starts `mina auto`, or joins one that runs.
'use strict'
const { spawn } = require('node:child_process')
const { App } = require('./app')
const { Connection } = require('./connection')

const flags = { page: '--page', as: '--as', world: '--world', script: '--script', fixtures: '--fixtures', libVersion: '--lib-version',
  scene: '--scene', appid: '--appid' }

function words(options) {
  const list = ['auto', '--project', options.project, '--auto-port', String(options.port ?? 0)]
  for (const [name, flag] of Object.entries(flags)) if (options[name] !== undefined) list.push(flag, String(options[name]))
  if (options.virtualTime ?? true) list.push('--virtual-time')
  if (options.offline) list.push('--offline')
  return list
}

/** {project, mina: the program, virtualTime: true, ...}; ready when its first page is. */
async function launch(options) {
  const child = spawn(options.mina ?? process.env.MINA ?? 'mina', words(options), { stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  child.stderr.on('data', (data) => {
    said += data
    if (options.verbose) process.stderr.write(data)
  })
  const endpoint = await new Promise((resolve, reject) => {
    let line = ''
    child.stdout.on('data', (data) => {
      line += data
      const found = /ws:\/\/127\.0\.0\.1:\d+/.exec(line)
      if (found) resolve(found[0])
    })
    child.once('error', reject)
    child.once('exit', (status) => reject(new Error(`mina ended with status ${status}:\n${said}`)))
  })
  const app = new App(await Connection.open(endpoint), child)
  const leave = () => child.kill()
  process.once('exit', leave)
  child.once('exit', () => process.removeListener('exit', leave))
  return app
}

/** {endpoint: "ws://127.0.0.1:9420"} */
async function connect({ endpoint }) {
  return new App(await Connection.open(endpoint))
}

module.exports = { launch, connect }
