import type x from 'y'
export async function f() { await import.meta.url }
if (a) /b/.exec('c')
var require = require('./r')
