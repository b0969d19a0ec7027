Component({ properties: { name: String, price: Number } })
