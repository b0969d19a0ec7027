import { fill, h } from '../dom.js'
import { form } from '../form.js'
import { say } from '../words.js'

// Titles of what the rows call their panel; another name stands for itself.
const titles = {
  network: { zh: '网络', en: 'Network conditions' }, device: { zh: '设备', en: 'Device' }, permissions: { zh: '权限', en: 'Permissions' },
  location: { zh: '位置', en: 'Location' }, sensors: { zh: '传感器', en: 'Sensors' }, storage: { zh: '存储与文件', en: 'Storage and files' },
  answers: { zh: '接口应答', en: 'Answers' }, script: { zh: '脚本', en: 'Script' }, life: { zh: '生命周期', en: 'Life cycle' }, time: { zh: '时间', en: 'Time' },
}

/** Everything that the simulated device can be made to do: a form for each row that has a panel. */
export default {
  id: 'simulate',
  title: { zh: '模拟', en: 'Simulate' },
  mount(root, { phone }) {
    const place = h('div', { class: 'simulate' })
    const open = new Set(['device'])
    root.append(place)
    const read = async () => {
      const { commands } = await phone.call('Mina.describe')
      const groups = [...new Set(commands.map(({ panel }) => panel))]
      groups.sort((a, b) => (Object.keys(titles).indexOf(a) + 99) % 99 - (Object.keys(titles).indexOf(b) + 99) % 99)
      const focused = document.activeElement?.closest?.('form')?.dataset.command
      fill(place, groups.map((group) => h('details', { open: open.has(group), 'data-panel': group,
        ontoggle: ({ target }) => (target.open ? open.add(group) : open.delete(group)) },
      h('summary', {}, say(titles[group] ?? { zh: group, en: group })),
      commands.filter(({ panel }) => panel === group).map((row) => form(row, { call: (name, params) => phone.call(name, params), again: read })))))
      if (focused) place.querySelector(`[data-command="${focused}"] [type=submit]`)?.focus({ preventScroll: true })
    }
    const show = () => read().catch((error) => fill(place, h('p', { class: 'wrong', role: 'status' }, error.message)))
    return { show }
  },
}
