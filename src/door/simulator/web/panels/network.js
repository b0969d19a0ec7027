import { h } from '../dom.js'
import { callsPanel } from './calls.js'

const names = ['request', 'downloadFile', 'uploadFile', 'connectSocket']
const parse = (data) => { try { return typeof data === 'string' ? JSON.parse(data) : data } catch { return data } }

/** Requests: what was sent, what came, how long it took, and once more. */
export default callsPanel({
  id: 'network',
  title: { zh: 'Network', en: 'Network' },
  which: (call) => names.includes(call.name),
  columns: [
    { name: { zh: '方法', en: 'method' }, of: (call) => (call.name === 'request' ? call.parameters?.method ?? 'GET' : call.name) },
    { name: { zh: '地址', en: 'address' }, of: (call) => call.parameters?.url },
    { name: { zh: '状态', en: 'status' }, of: (call) => (call.ended ? call.result?.statusCode ?? call.result?.errMsg : '…') },
    { name: { zh: '大小', en: 'size' }, of: (call) => (call.ended && call.result?.data !== undefined ? `${(JSON.stringify(call.result.data).length / 1024).toFixed(1)} kB` : '') },
    { name: { zh: '耗时', en: 'time' }, of: (call) => (call.ended ? `${call.ms.toFixed(0)} ms` : '') },
  ],
  detail: (call, { say, phone, valueTree }) => [
    h('h2', {}, call.parameters?.url),
    call.name === 'request' && h('button', { type: 'button',
      onclick: () => phone.call('App.callWxMethod', { method: 'request', args: [call.parameters] }).catch(() => {}) }, say({ zh: '重发', en: 'Send again' })),
    h('h3', {}, say({ zh: '请求头', en: 'Request headers' })), valueTree(call.parameters?.header ?? {}, { open: true }),
    call.parameters?.data !== undefined && [h('h3', {}, say({ zh: '请求数据', en: 'Request data' })), valueTree(call.parameters.data, { open: true })],
    call.ended && [h('h3', {}, say({ zh: '响应头', en: 'Response headers' })), valueTree(call.result?.header ?? {}, { open: true }),
      h('h3', {}, say({ zh: '响应数据', en: 'Response data' })), valueTree(parse(call.result?.data) ?? call.result ?? null, { open: true })],
  ],
})
