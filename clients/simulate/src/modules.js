'use strict'
// Packages that the project may have: its own, or those that miniprogram-simulate has brought along.
const path = require('path')

/** null: there is none of that name. */
function findModule(name) {
  try {
    const cwd = process.cwd()
    return require(require.resolve(name, { paths: [__dirname, cwd, path.join(cwd, 'node_modules/miniprogram-simulate')] }))
  } catch (error) {
    return null
  }
}

module.exports = { findModule }
