const a = b ? {c: /x/} : (d)/2
} import {x
export {
let y = `${`${1}`}