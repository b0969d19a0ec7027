'use strict'
// What is global.wx unless a test has put functions of its own there; test setups take it apart and put it together again.

module.exports = require('../world').wx
