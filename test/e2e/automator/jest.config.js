'use strict'

module.exports = {
  rootDir: __dirname,
  testMatch: ['**/*.spec.js'],
  testEnvironment: 'node',
  testTimeout: 60000,
  forceExit: true, // the client keeps a timer of 15 s for each program that it has launched
  modulePaths: [require('node:path').resolve(__dirname, '../../node_modules')],
  reporters: [['<rootDir>/report.js', {}]],
}
