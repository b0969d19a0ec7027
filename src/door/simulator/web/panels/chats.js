import { avatar } from '../caption.js'
import { fill, h } from '../dom.js'
import { lang, say } from '../words.js'

const time = (at) => new Date(at).toLocaleTimeString(lang() === 'zh' ? 'zh-CN' : 'en', { hour: '2-digit', minute: '2-digit', timeZone: 'Asia/Shanghai' })
const cardWord = () => say({ zh: '[小程序]', en: '[Mini Program]' })

/** The chats of a person: what was written, cards that open on anybody's phone, and a line to write. */
export default {
  id: 'chats',
  title: { zh: '聊天', en: 'Chats' },
  mount(root, { phone, desk }) {
    let me = phone.person
    let chosen = null
    let people = []
    let chats = []
    const nick = (id) => people.find((one) => one.id === id)?.nickName ?? id
    const who = h('select', { 'aria-label': say({ zh: '以谁的身份', en: 'As whom' }), onchange: () => { me = who.value; chosen = null; read() } })
    const list = h('ul', { class: 'chat-list', 'aria-label': say({ zh: '聊天列表', en: 'Chats' }) })
    const title = h('h2')
    const log = h('div', { class: 'log', role: 'log', tabindex: '0', 'aria-label': say({ zh: '消息', en: 'Messages' }) })
    const text = h('input', { type: 'text', autocomplete: 'off', 'aria-label': say({ zh: '写消息', en: 'Write a message' }), placeholder: say({ zh: '写消息…', en: 'Write a message…' }) })
    const said = h('p', { class: 'wrong', role: 'status' })
    const write = h('form', { class: 'row', onsubmit: async (event) => {
      event.preventDefault()
      if (!text.value || !chosen) return
      await attempt(() => desk.call('World.say', { person: me, chat: chosen, text: text.value }))
      text.value = ''
    } }, text, h('button', { type: 'submit', class: 'main' }, say({ zh: '发送', en: 'Send' })))
    root.append(h('div', { class: 'chats' },
      h('nav', {}, h('label', {}, say({ zh: '身份 ', en: 'As ' }), who), list),
      h('section', { 'aria-label': say({ zh: '聊天', en: 'Chat' }) }, title, log, said, write)))

    async function attempt(act) {
      fill(said)
      try {
        return await act()
      } catch (error) {
        fill(said, error.message)
        return undefined
      }
    }

    /** {label: function} as a row of buttons behind "⋯". */
    const more = (label, ...inside) => h('details', { class: 'more' }, h('summary', { 'aria-label': label }, '⋯'), h('div', { class: 'menu' }, inside))

    function members(message) {
      const chat = chats.find(({ id }) => id === message.chat)
      return chat?.members ?? people.map(({ id }) => id)
    }

    function actions(message) {
      const open = message.card && members(message).map((id) => h('button', { type: 'button', 'data-open': id,
        onclick: () => attempt(() => desk.open(id, { card: message.id })) }, say({ zh: `以${nick(id)}的身份打开`, en: `Open as ${nick(id)}` })))
      const on = chats.filter(({ special }) => !special).map(({ id, name }) => h('button', { type: 'button', onclick: () => attempt(() => desk.call('World.forward', { person: me, message: message.id, chat: id })) },
        say({ zh: `转发给 ${name}`, en: `Forward to ${name}` })))
      return more(say({ zh: '更多', en: 'More' }), open, on,
        h('button', { type: 'button', onclick: () => attempt(() => desk.call('World.deleteMessage', { message: message.id })) }, say({ zh: '删除', en: 'Delete' })))
    }

    function bubble(message) {
      const { card } = message
      if (!card) return h('p', { class: 'bubble' }, message.text)
      return h('button', { type: 'button', class: 'bubble card', onclick: () => attempt(() => desk.open(me, { card: message.id })),
        title: say({ zh: `在${nick(me)}的手机上打开`, en: `Open on ${nick(me)}'s phone` }) },
      h('small', {}, card.name), h('strong', {}, card.title),
      message.hasPicture && h('img', { src: `card/${message.id}.png`, alt: '', width: 200, height: 160 }),
      h('small', {}, say({ zh: '小程序', en: 'Mini Program' })))
    }

    function row(message) {
      const own = message.from === me
      return h('div', { class: own ? 'message own' : 'message', 'data-message': message.id }, avatar(nick(message.from), message.from),
        h('div', {}, h('small', { class: 'quiet' }, `${nick(message.from)} · ${time(message.at)}`), bubble(message)), actions(message))
    }

    async function readMessages() {
      const chat = chats.find(({ id }) => id === chosen)
      fill(title, chat?.name ?? '')
      write.hidden = !chat || chat.special
      if (!chat) {
        fill(log)
        return
      }
      const { messages } = await desk.call('World.getMessages', { person: me, chat: chosen })
      fill(log, messages.length ? messages.map(row) : h('p', { class: 'quiet' }, say({ zh: '还没有消息', en: 'Nothing has been written yet' })))
      log.scrollTop = log.scrollHeight
    }

    function item(chat) {
      const { last } = chat
      return h('li', {}, h('button', { type: 'button', 'aria-current': chat.id === chosen ? 'true' : null, 'data-chat': chat.id,
        onclick: () => { chosen = chat.id; read() } }, avatar(chat.name, chat.id),
      h('span', {}, h('strong', {}, chat.name), h('small', { class: 'quiet' }, last ? last.text ?? `${cardWord()} ${last.card.title}` : ''))))
    }

    async function read() {
      people = (await desk.call('World.getPeople')).people
      if (!people.some(({ id }) => id === me)) me = phone.person
      fill(who, people.map(({ id, nickName }) => h('option', { value: id, selected: id === me }, nickName)))
      chats = (await desk.call('World.getChats', { person: me })).chats
      chats.push({ id: 'timeline', name: say({ zh: '朋友圈', en: 'Moments' }), special: true },
        { id: `favorites:${me}`, name: say({ zh: '收藏', en: 'Favorites' }), members: [me], special: true })
      chosen = chats.some(({ id }) => id === chosen) ? chosen : chats[0].id
      const focused = list.contains(document.activeElement)
      fill(list, chats.map(item))
      if (focused) list.querySelector('[aria-current]')?.focus()
      await readMessages()
    }

    let reading = Promise.resolve()
    const again = () => { reading = reading.then(read).catch((error) => fill(said, error.message)) }
    const forget = desk.on('World.changed', again)
    return { show: again, destroy: forget }
  },
}
