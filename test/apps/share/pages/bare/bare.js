Page({ onLoad(query) { console.log('bare', JSON.stringify(query)) } })
