const { say } = require('../log')

Component({
  options: { multipleSlots: true },
  externalClasses: ['outer-class'],
  properties: {
    title: { type: String, value: 'panel', observer(now, before) { say('title', now, before) } },
    count: Number,
    open: Boolean,
    items: { type: Array, value: [] },
    extra: null,
    either: { type: [String, Number], value: '' },
  },
  data: { width: 10 },
  relations: { '../row/index': { type: 'child', linked(row) { say('linked', row.data.label) }, unlinked(row) { say('unlinked', row.data.label) } } },
  observers: { 'count, open'(count, open) { say('count', count, open) }, 'items[0].label'(label) { say('label', label) } },
  lifetimes: {
    created() { say('panel created') },
    attached() {
      say('panel attached', this.data.either)
      this.setData({ late: 'late' })
    },
    ready() { say('panel ready') },
    moved(...args) { say('panel moved', args) },
    detached() { say('panel detached') },
  },
  pageLifetimes: { show(...args) { say('panel show', args) } },
  methods: {
    onTap({ type, detail, currentTarget, target }) { say('tap', type, detail, currentTarget.dataset, target.id) },
    onLong(event) { say('long', event.type, event.detail) },
    onPick(event) { say('pick', event.type, event.detail) },
    onStart(event) { say('start', event.type, event.touches.length) },
    onInput(event) { say('input', event.detail) },
    onRow({ detail, currentTarget }) {
      say('row', detail, currentTarget.id)
      this.triggerEvent('chosen', detail, { bubbles: true, composed: true })
    },
    add(a, b) { return a + b },
    measure(done) { this.createSelectorQuery().select('#head').boundingClientRect().selectAll('.row').fields({ id: true, dataset: true }).exec(done) },
    rows() { return this.selectAllComponents('.row').map((row) => row.data.label) },
    first() { return this.selectComponent('#row-a').name() },
    related() { return this.getRelationNodes('../row/index').map((row) => row.data.label) },
  },
})
