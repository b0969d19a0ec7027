'use strict'
// The one engine of a test file, what it has loaded, and its wx.
const { Logic } = require('./logic')
const { Package } = require('./package')
const { Stage } = require('./component')
const { makeWx } = require('./wx')

const all = new Package()
const logic = new Logic({ read: (name) => all.read(name), has: (name) => all.has(name) })
const stage = new Stage(logic, all)
const wx = makeWx(logic, stage)

module.exports = { all, logic, stage, wx }
