import { fill, h } from './dom.js'
import { say } from './words.js'

const isJson = ({ type }) => type === 'object' || type === 'array' || type === 'any'

function shown(parameter, value) {
  if (value === undefined || value === null) return ''
  return isJson(parameter) ? JSON.stringify(value) : String(value)
}

/** A control for a parameter of a row, with read(): its value, undefined when it says nothing. */
function control(parameter, value) {
  const { type, choices, name } = parameter
  const begin = shown(parameter, value)
  let field
  if (choices) {
    field = h('select', { name }, parameter.required ? null : h('option', { value: '' }, '—'),
      choices.map((choice) => h('option', { value: choice, selected: choice === begin }, choice)))
  } else if (type === 'boolean') {
    field = h('input', { type: 'checkbox', name, checked: value === true })
  } else if (isJson(parameter)) {
    field = h('textarea', { name, rows: 2, spellcheck: 'false', placeholder: 'JSON', value: begin })
  } else {
    field = h('input', { name, type: type === 'number' ? 'number' : 'text', step: 'any', value: begin })
  }
  const start = type === 'boolean' ? field.checked : field.value
  return {
    field,
    read() {
      if (type === 'boolean') return field.checked
      if (field.value === '') return undefined
      if (type === 'number') return Number(field.value)
      return isJson(parameter) ? JSON.parse(field.value) : field.value
    },
    changed: () => (type === 'boolean' ? field.checked : field.value) !== start,
  }
}

/** A form of a command's row (Mina.describe): sent as a call, and read anew. What has no default of its own is only sent when it was
 * changed. */
export function form(row, { call, again }) {
  const controls = row.parameters.map((parameter) => ({ parameter, ...control(parameter, row.now?.[parameter.name] ?? parameter.fallback) }))
  const known = new Set(row.parameters.map(({ name }) => name))
  const rest = Object.entries(row.now ?? {}).filter(([name, value]) => !known.has(name) && typeof value === 'object' && value && Object.keys(value).length)
  const said = h('output', { class: 'said', role: 'status' })
  const submit = async (event) => {
    event.preventDefault()
    try {
      const params = {}
      for (const one of controls) {
        const value = one.read()
        const wanted = one.parameter.required || one.changed() || (one.parameter.fallback !== undefined)
        if (wanted && value !== undefined) params[one.parameter.name] = value
      }
      await call(row.name, params)
      again()
    } catch (error) {
      fill(said, h('span', { class: 'wrong' }, error.message))
    }
  }
  return h('form', { class: 'command', onsubmit: submit, 'data-command': row.name },
    h('h2', {}, say(row.doc)),
    controls.map(({ parameter, field }) => h('label', {}, h('span', {}, say(parameter.doc) || parameter.name, ' ', h('code', {}, parameter.name)), field)),
    rest.map(([name, value]) => h('pre', { class: 'now', tabindex: '0', 'aria-label': name }, JSON.stringify(value, null, 1))),
    h('div', { class: 'row' }, h('button', { type: 'submit' }, say({ zh: '应用', en: 'Apply' })), said))
}
