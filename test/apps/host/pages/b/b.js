Page({ onResize(d) { this.setData({ size: d.size }) } })
