import { h } from './dom.js'
import { say } from './words.js'

// Scene values (场景值) that are met most; any other can be written.
const scenes = [[1001, '发现栏小程序主入口', 'list of programs'], [1007, '单人聊天会话中的卡片', 'card in a chat of two'], [1008, '群聊会话中的卡片', 'card in a group'],
  [1011, '扫描二维码', 'scanned code'], [1036, 'App 分享消息卡片', "card of another app's"], [1037, '从另一个小程序打开', 'from another program'],
  [1038, '从另一个小程序返回', 'back from another program'], [1044, '带 shareTicket 的卡片', 'card with a share ticket'], [1047, '扫描小程序码', 'scanned program code'],
  [1089, '聊天主界面下拉', 'pulled down from the chats'], [1154, '朋友圈内打开（单页）', 'from the moments']]

/** Starts a phone's program anew with other parameters (编译模式): page, query, scene. */
export async function startDialog(phone) {
  const { pages } = await phone.call('Inspect.getPages')
  const page = h('select', { name: 'page' }, pages.map((path) => h('option', { value: path, selected: path === phone.state.path }, path)))
  const query = h('input', { name: 'query', placeholder: 'a=1&b=2', value: Object.entries(phone.state.query ?? {}).map(([key, value]) => `${key}=${value}`).join('&') })
  const scene = h('input', { name: 'scene', type: 'number', min: 1000, list: 'scenes', value: 1001 })
  const wrong = h('p', { class: 'wrong', role: 'status' })
  const label = (words, field) => h('label', {}, h('span', {}, say(words)), field)
  const dialog = h('dialog', { 'aria-label': say({ zh: '启动参数', en: 'Start parameters' }) }, h('h2', {}, say({ zh: '启动参数', en: 'Start parameters' })),
    h('form', { class: 'start', onsubmit: start }, label({ zh: '页面', en: 'Page' }, page), label({ zh: '参数', en: 'Query' }, query), label({ zh: '场景值', en: 'Scene' }, scene),
      h('datalist', { id: 'scenes' }, scenes.map(([value, zh, en]) => h('option', { value }, say({ zh, en })))), wrong,
      h('div', {}, h('button', { type: 'button', onclick: () => dialog.close() }, say({ zh: '取消', en: 'Cancel' })), ' ',
        h('button', { class: 'main' }, say({ zh: '启动', en: 'Start' })))))
  dialog.addEventListener('close', () => dialog.remove())
  async function start(event) {
    event.preventDefault()
    const given = Object.fromEntries(query.value.split('&').filter(Boolean).map((part) => {
      const at = part.indexOf('=')
      return at < 0 ? [part, ''] : [part.slice(0, at), part.slice(at + 1)]
    }))
    try {
      await phone.call('Phone.start', { launch: { path: page.value, query: given, scene: Number(scene.value) || 1001 } })
      dialog.close()
    } catch (error) {
      wrong.textContent = error.message
    }
  }
  document.body.append(dialog)
  dialog.showModal()
}
