// What the components have heard; a test takes it.
const lines = []
const isPlain = (value) => typeof value === 'object' && value !== null && !Array.isArray(value)
const sorted = (key, value) => (isPlain(value) ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value)
exports.say = (...words) => { lines.push(words.map((word) => (typeof word === 'string' ? word : JSON.stringify(word, sorted))).join(' ')) }
exports.take = () => lines.splice(0)
