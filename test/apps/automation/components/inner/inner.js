Component({
  properties: { label: String },
  methods: {
    pressed() { this.triggerEvent('pressed', { label: this.data.label }, { bubbles: true, composed: true }) },
  },
})
