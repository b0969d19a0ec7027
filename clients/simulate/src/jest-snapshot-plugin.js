'use strict'

module.exports = require('../jest-snapshot-plugin')
