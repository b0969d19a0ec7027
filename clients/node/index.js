// mina-automator: see README.md and index.d.ts.
'use strict'
const { launch, connect } = require('./src/launch')
const { App } = require('./src/app')
const { Page } = require('./src/page')
const { Element, Component } = require('./src/element')
const { comparePictures, expectScreenshot } = require('./src/picture')
const { traced } = require('./src/trace')

module.exports = { launch, connect, App, Page, Element, Component, comparePictures, expectScreenshot, traced }
