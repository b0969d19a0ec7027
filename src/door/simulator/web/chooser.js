import { fill, h } from './dom.js'
import { say } from './words.js'

/** The chats that a card can be sent to, beside the phone that draws them: with a word, to several at once, and as a failure. */
export class Chooser {
  #phone
  #open = false

  constructor(phone) {
    this.#phone = phone
    this.element = h('div', { class: 'chooser', role: 'group', 'aria-label': say({ zh: '发送给', en: 'Send to' }), hidden: true })
    phone.on('Phone.stateChanged', ({ overlay }) => this.#take(overlay?.share))
    phone.on('closed', () => this.#take(undefined))
    const { close } = phone
    phone.close = () => {
      phone.onclose?.()
      this.element.remove()
      close.call(phone)
    }
  }

  #answer(answer) {
    return this.#phone.call('Mina.answer', answer ? { kind: 'share', answer } : { kind: 'share' }).catch((error) => {
      this.element.append(h('p', { class: 'wrong', role: 'status' }, error.message))
    })
  }

  #take(share) {
    if (Boolean(share) === this.#open) return
    this.#open = Boolean(share)
    this.element.hidden = !share
    if (!share) {
      fill(this.element)
      return
    }
    const boxes = share.chats.map(({ id, name, kind }) => h('label', {}, h('input', { type: 'checkbox', value: id, onchange: () => count() }),
      kind === 'group' ? say({ zh: `${name}（群）`, en: `${name} (group)` }) : name))
    const chosen = () => boxes.map((box) => box.firstChild).filter(({ checked }) => checked).map(({ value }) => value)
    const note = h('input', { type: 'text', 'aria-label': say({ zh: '留言', en: 'A word with it' }), placeholder: say({ zh: '留言', en: 'A word with it' }) })
    const send = h('button', { type: 'submit', class: 'main', disabled: true }, say({ zh: '发送', en: 'Send' }))
    const count = () => { send.disabled = chosen().length === 0 }
    fill(this.element, h('form', { onsubmit: (event) => {
      event.preventDefault()
      this.#answer({ chats: chosen(), ...(note.value && { note: note.value }) })
    } },
    h('h2', {}, say({ zh: '发送给', en: 'Send to' })), h('p', { class: 'quiet' }, share.title ?? ''), h('div', { class: 'choices' }, boxes), note,
    h('div', { class: 'row' }, send,
      h('button', { type: 'button', onclick: () => this.#answer(null) }, say({ zh: '取消', en: 'Cancel' })),
      h('button', { type: 'button', onclick: () => this.#answer({ fail: 'network' }) }, say({ zh: '失败', en: 'Fail' })))))
    boxes[0]?.firstChild.focus({ preventScroll: true })
  }
}
