import { avatar } from '../caption.js'
import { fill, h } from '../dom.js'
import { say } from '../words.js'

const languages = ['zh_CN', 'zh_TW', 'en']

/** Who there is: people and groups, their phones, and the world as a file. */
export default {
  id: 'people',
  title: { zh: '人物', en: 'People' },
  mount(root, { phone, desk }) {
    const said = h('p', { class: 'wrong', role: 'status' })
    const place = h('div', { class: 'people' })
    root.append(said, place)
    let models = []

    async function attempt(act) {
      fill(said)
      try {
        await act()
        return true
      } catch (error) {
        fill(said, error.message)
        return false
      }
    }

    const field = (label, input) => h('label', {}, h('span', {}, say(label)), input)
    const text = (name, value, more = {}) => h('input', { type: 'text', name, value: value ?? '', autocomplete: 'off', ...more })
    const pick = (name, choices, value) => h('select', { name }, choices.map((choice) => h('option', { value: choice, selected: choice === (value ?? '') }, choice || '—')))

    function personForm(person) {
      const submit = (event) => {
        event.preventDefault()
        const { id, nickName, avatarUrl, language, device } = Object.fromEntries(new FormData(event.target))
        const params = { id: person?.id ?? id, avatarUrl, language, ...(nickName && { nickName }) }
        if (device && device !== person?.device?.name) params.device = { name: device }
        attempt(() => desk.call('World.putPerson', params))
      }
      return h('form', { onsubmit: submit, 'data-person': person?.id ?? '' },
        person ? null : field({ zh: '标识（拉丁字母）', en: 'Id (Latin letters)' }, text('id', '', { required: true, pattern: '[A-Za-z0-9_.\\-]+' })),
        field({ zh: '昵称', en: 'Name' }, text('nickName', person?.nickName)),
        field({ zh: '头像地址', en: 'Photo address' }, text('avatarUrl', person?.avatarUrl)),
        field({ zh: '语言', en: 'Language' }, pick('language', languages, person?.language ?? 'zh_CN')),
        field({ zh: '机型', en: 'Device' }, pick('device', ['', ...models], person?.device?.name)),
        h('div', { class: 'row' }, h('button', { type: 'submit', class: 'main' }, person ? say({ zh: '保存', en: 'Save' }) : say({ zh: '添加', en: 'Add' })),
          person && !person.runs && h('button', { type: 'button', onclick: () => attempt(() => desk.call('World.removePerson', { id: person.id })) }, say({ zh: '移除', en: 'Remove' })),
          person && h('button', { type: 'button', 'data-phone': person.id, onclick: () => attempt(() => desk.open(person.id)) }, say({ zh: '打开手机', en: 'Open phone' }))))
    }

    function groupForm(group, people) {
      const submit = (event) => {
        event.preventDefault()
        const form = new FormData(event.target)
        attempt(() => desk.call('World.putGroup', { ...(group && { id: group.id }), name: form.get('name'), members: form.getAll('member') }))
      }
      return h('form', { onsubmit: submit, 'data-group': group?.id ?? '' },
        field({ zh: '群名称', en: 'Name' }, text('name', group?.name ?? say({ zh: '新的群', en: 'New group' }))),
        h('fieldset', {}, h('legend', {}, say({ zh: '成员', en: 'Members' })), people.map(({ id, nickName }) => h('label', {},
          h('input', { type: 'checkbox', name: 'member', value: id, checked: group?.members.includes(id) ?? false }), nickName))),
        h('div', { class: 'row' }, h('button', { type: 'submit', class: 'main' }, group ? say({ zh: '保存', en: 'Save' }) : say({ zh: '建群', en: 'Create' })),
          group && h('button', { type: 'button', onclick: () => attempt(() => desk.call('World.removeGroup', { id: group.id })) }, say({ zh: '解散', en: 'Remove' }))))
    }

    async function save() {
      const { world } = await desk.call('World.export')
      const address = URL.createObjectURL(new Blob([JSON.stringify(world, null, 2)], { type: 'application/json' }))
      h('a', { href: address, download: 'world.json' }).click()
      setTimeout(() => URL.revokeObjectURL(address), 1000)
    }

    const open = new Set()
    const part = (key, head, inside) => h('details', { open: open.has(key), 'data-part': key, ontoggle: ({ target }) => (target.open ? open.add(key) : open.delete(key)) },
      h('summary', {}, head), inside)

    async function read() {
      const { people } = await desk.call('World.getPeople')
      const { groups } = await desk.call('World.getGroups')
      const { programs } = await desk.call('World.getPrograms')
      const { commands } = await phone.call('Mina.describe')
      models = commands.find(({ name }) => name === 'Mina.setDevice')?.parameters.find(({ name }) => name === 'name')?.choices ?? []
      fill(place,
        h('h2', {}, say({ zh: '人物', en: 'People' })),
        people.map((person) => part(person.id, [avatar(person.nickName, person.id), person.nickName, h('code', {}, person.id)], personForm(person))),
        part(' person', say({ zh: '添加一个人', en: 'Add somebody' }), personForm(null)),
        h('h2', {}, say({ zh: '群', en: 'Groups' })),
        groups.map((group) => part(`group:${group.id}`, [avatar(group.name, group.id), group.name, h('code', {}, group.id)], groupForm(group, people))),
        part(' group', say({ zh: '新建群', en: 'New group' }), groupForm(null, people)),
        h('h2', {}, say({ zh: '小程序', en: 'Mini programs' })),
        h('ul', {}, programs.map(({ name, appid }) => h('li', {}, name, ' ', h('code', {}, appid)))),
        h('button', { type: 'button', onclick: () => attempt(save) }, say({ zh: '导出 world.json', en: 'Export world.json' })))
    }

    let reading = Promise.resolve()
    const again = () => { reading = reading.then(read).catch((error) => fill(said, error.message)) }
    const forget = desk.on('World.changed', again)
    return { show: again, destroy: forget }
  },
}
