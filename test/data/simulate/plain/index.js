Component({ properties: { value: null } })
