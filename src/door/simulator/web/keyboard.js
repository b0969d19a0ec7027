import { h } from './dom.js'
import { say } from './words.js'

/** A hidden text field at the caret of the program's input: keys, paste and an input method go through it, so that Chinese is composed
 * where it will stand. What the program makes of the text comes back with the phone's state. */
export class Keyboard {
  #phone
  #open = false
  #composing = false
  #before = ''
  #waiting = 0 // calls that are not answered yet

  constructor(phone) {
    this.#phone = phone
    this.element = h('textarea', { class: 'keyboard', autocomplete: 'off', autocapitalize: 'off', spellcheck: 'false', tabindex: '-1',
      'aria-label': say({ zh: '输入', en: 'Text input' }), hidden: true })
    const field = this.element
    field.addEventListener('input', () => { if (!this.#composing) this.#send() })
    field.addEventListener('compositionstart', (event) => this.#compose('start', event))
    field.addEventListener('compositionupdate', (event) => this.#compose('update', event))
    field.addEventListener('compositionend', (event) => this.#compose('end', event))
    field.addEventListener('keydown', (event) => this.#key(event))
    field.addEventListener('blur', () => this.#blurred())
    document.addEventListener('selectionchange', this.#select)
  }

  /** What the program says before it has answered is older than what was typed here. */
  async #tell(params) {
    this.#waiting += 1
    await this.#phone.call('Phone.keyboard', params).catch(() => {})
    this.#waiting -= 1
  }

  #send() {
    this.#before = this.element.value
    this.#tell({ type: 'input', value: this.element.value, cursor: this.element.selectionEnd })
  }

  #compose(phase, event) {
    this.#composing = phase !== 'end'
    this.#tell({ type: 'composition', phase, data: event.data ?? '' })
    if (phase === 'end') this.#send()
  }

  #key(event) {
    if (event.isComposing) return
    if (event.key === 'Enter' && !(this.#parameters.multiple && !event.ctrlKey)) {
      event.preventDefault()
      this.#tell({ type: 'confirm' })
    } else if (event.key === 'Escape') {
      this.#tell({ type: 'hide' })
    }
  }

  #select = () => {
    const field = this.element
    if (!this.#open || this.#composing || document.activeElement !== field || field.value !== this.#before) return
    if (field.selectionStart === this.#from && field.selectionEnd === this.#to) return
    this.#from = field.selectionStart
    this.#to = field.selectionEnd
    this.#tell({ type: 'select', selectionStart: this.#from, selectionEnd: this.#to })
  }

  #from = -1
  #to = -1
  #parameters = {}

  /** Only another program's window or the page's own fields take the focus from it. */
  #blurred() {
    this.#composing = false
  }

  take(state) {
    const keyboard = state.overlay?.keyboard
    const was = this.#open
    this.#open = Boolean(keyboard)
    this.element.hidden = !keyboard
    if (!keyboard) return
    this.#parameters = keyboard.parameters ?? {}
    const { caret } = state
    if (caret) {
      Object.assign(this.element.style, { left: `${caret.x}px`, top: `${caret.y}px`, height: `${caret.height}px`, fontSize: `${caret.height * 0.8}px` })
    }
    if (was && this.#waiting > 0) return
    const value = String(this.#parameters.value ?? '')
    const from = this.#parameters.selectionStart ?? this.#parameters.cursor ?? value.length
    const to = this.#parameters.selectionEnd ?? from
    if (!this.#composing && this.element.value !== value) this.element.value = value
    if (!this.#composing && from >= 0 && (this.#from !== from || this.#to !== to)) {
      this.element.setSelectionRange(from, Math.max(from, to))
      this.#from = from
      this.#to = to
    }
    this.#before = this.element.value
    if (!was) this.element.focus({ preventScroll: true })
  }
}
