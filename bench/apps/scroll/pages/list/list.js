const words = ['一起喝茶', 'Hike on Sunday', '读书会', '火锅', 'The C Programming Language', '周六下午三点，老地方见', 'Mountains', '转发给朋友']
Page({
  data: {
    rows: Array.from({ length: 300 }, (_, i) => ({
      id: i, hue: (i * 37) % 360, letter: words[i % 8][0], title: `${words[i % 8]} ${i}`, text: `${words[(i + 3) % 8]} · ${words[(i + 5) % 8]} · ${i * 7919}`,
    })),
  },
})
