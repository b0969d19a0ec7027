/** Makes an element: h('button', {class: 'wide', onclick: f, 'aria-label': 'x'}, 'text', otherElement). A property that begins with
 * "on" is a listener, null and false are left out, and so are children that are null or false. */
export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(properties)) {
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value)
    else if (name === 'value' || name === 'checked' || name === 'disabled' || name === 'selected') element[name] = value
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value === true ? '' : value)
  }
  append(element, children)
  return element
}

function append(element, children) {
  for (const child of children.flat(Infinity)) {
    if (child !== null && child !== undefined && child !== false) element.append(child)
  }
}

/** Gives an element other children. */
export function fill(element, ...children) {
  element.replaceChildren()
  append(element, children)
  return element
}
