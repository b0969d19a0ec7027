Component({ properties: { v: Number } })
