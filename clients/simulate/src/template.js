'use strict'
// Templates that a definition has as text (`load({template})`). miniprogram-simulate reads them with a reader of its own, whose
// rules are looser than WXML's: HTML's tags are elements, texts are trimmed and their white space is one blank.

const htmlTags = new Set(`a abbr address area article aside audio b base bdi bdo blockquote body br button canvas caption cite code
  col colgroup data datalist dd del dfn div dl dt em embed fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 head header hr
  html i iframe img input ins kbd keygen label legend li link main map mark meta meter nav noscript object ol optgroup option output
  p param pre progress q rb rp rt rtc ruby s samp script section select small source span strong style sub sup table tbody td
  template textarea tfoot th thead time title tr track u ul var video wbr`.split(/\s+/))

const builtInTags = new Set(`cover-image cover-view grid-view list-view match-media movable-area movable-view page-container
  root-portal scroll-view share-element sticky-header sticky-section swiper swiper-item view icon progress rich-text text button
  checkbox checkbox-group editor form input keyboard-accessory label picker picker-view picker-view-column radio radio-group slider
  switch textarea functional-page-navigator navigator audio camera channel-live channel-video image live-player live-pusher video
  voip-room map canvas web-view ad ad-custom official-account open-data navigation-bar page-meta`.split(/\s+/))

const control = new Set(['slot', 'template', 'block', 'import', 'include', 'wxs'])

const tagPattern = /^<([-\w]+)((?:\s+[-\w:]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^>\s]+))?)*)\s*(\/?)>/
const attributePattern = /([-\w:]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^>\s]+)))?/g

/** The tag that `text` begins with, with its quotes mended: [its length, what it becomes]; undefined: it is none. */
function mendTag(text) {
  const found = tagPattern.exec(text)
  if (!found) return undefined
  let tag = `<${found[1]}`
  found[2].replace(attributePattern, (all, name, double, single, bare) => {
    const value = [double, single, bare].find((one) => one !== undefined)
    const quote = value !== undefined && value.includes('"') ? "'" : '"'
    tag += value === undefined ? ` ${name}` : ` ${name}=${quote}${value}${quote}`
  })
  return [found[0].length, `${tag}${found[3] ? ' /' : ''}>`]
}

/** Where the tag that begins at `from` ends; quotes and {{ }} may hold ">". */
function endOfTag(text, from) {
  let quote = ''
  for (let i = from; i < text.length; i += 1) {
    const c = text[i]
    if (quote) {
      if (c === quote) quote = ''
    } else if (c === '"' || c === "'") quote = c
    else if (c === '>') return i + 1
  }
  return text.length
}

/** The same template with the white space that the loose reader leaves; `isComponent(tag)` says which other tags there are. */
function normalize(given, isComponent) {
  if (typeof given !== 'string' || !given.trim()) throw new Error('invalid template')
  const text = given.trim()
  let out = ''
  for (let i = 0; i < text.length;) {
    if (text.startsWith('<!--', i)) {
      const end = text.indexOf('-->', i)
      i = end < 0 ? text.length : end + 3
    } else if (text[i] === '<' && /[\w/-]/.test(text[i + 1] || '')) {
      const mended = mendTag(text.slice(i))
      const end = mended ? i + mended[0] : endOfTag(text, i)
      const tag = /^<\/?([-\w]*)/.exec(text.slice(i, end))[1]
      if (text[i + 1] !== '/' && !control.has(tag) && !htmlTags.has(tag) && !builtInTags.has(tag) && !isComponent(tag)) {
        throw new Error(`component ${tag} not found`)
      }
      out += mended ? mended[1] : text.slice(i, end)
      i = end
      if (tag === 'wxs' && text[i - 2] !== '/') {
        const close = text.indexOf('</wxs', i)
        out += text.slice(i, close < 0 ? text.length : close)
        i = close < 0 ? text.length : close
      }
    } else {
      const next = text.indexOf('<', i + 1)
      out += text.slice(i, next < 0 ? text.length : next).trim().replace(/\s+/g, ' ')
      i = next < 0 ? text.length : next
    }
  }
  return out
}

module.exports = { htmlTags, builtInTags, normalize }
