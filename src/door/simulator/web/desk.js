import { Connection } from './connection.js'
import { Phone } from './phone.js'

/** The table on which phones lie: who has one, and what happens between people. */
export class Desk {
  #connection = new Connection('desk')
  #phones = new Map()

  constructor(place) {
    this.place = place
    this.onphones = () => {}
    this.on('Desk.phonesChanged', ({ phones }) => this.#take(phones))
    this.on('open', async () => this.#take((await this.call('Desk.getPhones')).phones))
  }

  call(method, params) { return this.#connection.call(method, params) }
  on(name, handler) { return this.#connection.on(name, handler) }

  get phones() { return [...this.#phones.values()] }

  /** Opens a person's phone beside the others, or a card on it. */
  open(person, { card } = {}) { return this.call('Desk.open', card ? { person, card } : { person }) }

  close(person) { return this.call('Desk.close', { person }) }

  #take(rows) {
    const people = rows.map(({ person }) => person)
    for (const [person, phone] of this.#phones) {
      if (!people.includes(person)) {
        this.#phones.delete(person)
        phone.close()
      }
    }
    for (const person of people) {
      if (!this.#phones.has(person)) {
        const phone = new Phone(person)
        this.#phones.set(person, phone)
        this.place.append(phone.element)
      }
    }
    this.onphones(this.phones)
  }
}
