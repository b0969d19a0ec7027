// The panels beside the phone, in their order: one line each.
import calls from './calls.js'
import chats from './chats.js'
import console from './console.js'
import data from './data.js'
import diagnostics from './diagnostics.js'
import network from './network.js'
import people from './people.js'
import performance from './performance.js'
import simulate from './simulate.js'
import storage from './storage.js'
import wxml from './wxml.js'

export const panels = [
  chats,
  people,
  simulate,
  wxml,
  console,
  network,
  data,
  storage,
  calls,
  performance,
  diagnostics,
]
