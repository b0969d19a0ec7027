// The panels beside the phone, in their order: one line each.
import chats from './chats.js'
import people from './people.js'
import simulate from './simulate.js'

export const panels = [
  chats,
  people,
  simulate,
]
