import { fill, h } from './dom.js'
import { say } from './words.js'

/** The first character of a name on a ground of its own colour. */
export function avatar(name, id = name) {
  let hue = 0
  for (const character of id) hue = (hue * 31 + character.codePointAt(0)) % 360
  const face = h('span', { class: 'avatar', 'aria-hidden': 'true' }, [...name][0] ?? '?')
  face.style.background = `hsl(${hue} 45% 38%)`
  return face
}

/** Whose phone it is, and the way to put it away. */
export function caption(phone, desk) {
  const name = h('strong', {}, phone.person)
  const face = h('span')
  const close = h('button', { type: 'button', class: 'put-away', 'aria-label': say({ zh: `收起 ${phone.person} 的手机`, en: `Put ${phone.person}'s phone away` }),
    onclick: () => desk.close(phone.person).catch(() => {}) }, '×')
  const read = async () => {
    const { people } = await desk.call('World.getPeople')
    const nickName = people.find(({ id }) => id === phone.person)?.nickName ?? phone.person
    fill(name, nickName)
    fill(face, avatar(nickName, phone.person))
  }
  const forget = [desk.on('World.changed', () => read().catch(() => {}))]
  read().catch(() => {})
  phone.onclose = () => forget.forEach((one) => one())
  return h('div', { class: 'caption' }, face, name, close)
}
