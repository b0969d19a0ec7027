// A card with `seats` is a dynamic message (动态消息): its cards in the chats show who has joined.
module.exports = [
  { id: 'tea', title: '一起喝茶', text: '周六下午三点，老地方见。', tone: '#2aae67', likes: 12, seats: 5 },
  { id: 'hike', title: 'Hike on Sunday', text: '带上水和帽子，我们从北门出发。', tone: '#1485ee', likes: 7, seats: 8 },
  { id: 'book', title: '读书会', text: 'This month: The C Programming Language.', tone: '#fa9d3b', likes: 31 },
  { id: 'dinner', title: '火锅', text: '人多才好吃，快转发给朋友！', tone: '#fa5151', likes: 58, image: '/images/hotpot.png' },
]
