const { say } = require('../log')

Component({
  externalClasses: ['row-class'],
  behaviors: [Behavior({ properties: { rank: { type: Number, value: 9 } }, methods: { name() { return `${this.data.label}#${this.data.rank}` } } })],
  properties: { label: String },
  relations: { '../panel/index': { type: 'parent', linked() { say('has panel') } } },
  lifetimes: { attached() { say('row attached', this.data.label) }, ready() { say('row ready', this.data.label) }, detached() { say('row detached', this.data.label) } },
  methods: { pick() { this.triggerEvent('pick', { label: this.data.label }) } },
})
