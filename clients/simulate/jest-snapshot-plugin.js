'use strict'
// A jest snapshot serializer for what Component.toJSON() gives: elements as in a template.

const jsonType = typeof Symbol === 'function' && Symbol.for ? Symbol.for('j-component.json') : 0xd846fe

const test = (value) => !!value && value.$$typeof === jsonType

function printAttributes({ attrs, event }, config, indentation, depth, refs, printer) {
  const line = (name, text) => `${config.spacingInner}${indentation}${config.colors.prop.open}${name}${config.colors.prop.close}=${
    config.colors.value.open}${text}${config.colors.value.close}`
  const inner = indentation + config.indent
  const lines = [...attrs].sort((a, b) => a.name.localeCompare(b.name)).map(({ name, value }) => {
    const printed = printer(value, config, inner, depth, refs)
    if (typeof value === 'string') return line(name, printed)
    const block = printed.includes('\n') ? `${config.spacingOuter}${inner}${printed}${config.spacingOuter}${indentation}` : printed
    return line(name, `"{{${block}}}"`)
  })
  for (const name of Object.keys(event).sort()) {
    const { handler, isCapture, isMutated, isCatch } = event[name]
    const bind = `${isCapture ? 'capture-' : ''}${isMutated ? 'mut-' : ''}${isCatch ? 'catch' : 'bind'}:${name}`
    lines.push(line(bind, printer(handler, config, inner, depth, refs)))
  }
  return lines.join('')
}

function printChildren(children, config, indentation, depth, refs, printer) {
  return children.map((child) => {
    const text = typeof child === 'string'
      ? config.colors.content.open + child.replace(/</g, '&lt;').replace(/>/g, '&gt;') + config.colors.content.close
      : printer(child, config, indentation, depth, refs)
    return config.spacingOuter + indentation + text
  }).join('')
}

function serialize(object, config, indentation, given, refs, printer) {
  const depth = given + 1
  const { tag } = config.colors
  const { tagName } = object
  if (depth > config.maxDepth) return `${tag.open}<${tagName}${tag.close} …${tag.open} />${tag.close}`
  const inner = indentation + config.indent
  const attributes = printAttributes(object, config, inner, depth, refs, printer)
  const children = printChildren(object.children, config, inner, depth, refs, printer)
  const head = `${tag.open}<${tagName}${attributes && tag.close + attributes + config.spacingOuter + indentation + tag.open}`
  if (!children) return `${head}${attributes && !config.min ? '' : ' '}/>${tag.close}`
  return `${head}>${tag.close}${children}${config.spacingOuter}${indentation}${tag.open}</${tagName}>${tag.close}`
}

module.exports = { test, serialize }
