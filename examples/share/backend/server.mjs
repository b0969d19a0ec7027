// The example's backend: what every mini program's server does with the open platform (开放平台), in Node.js alone.
//
//   PLATFORM=http://127.0.0.1:9400 APPID=... SECRET=... PORT=9410 node server.mjs
import { createDecipheriv, randomUUID } from 'node:crypto'
import { createServer } from 'node:http'

const { PLATFORM = 'https://api.weixin.qq.com', APPID, SECRET, PORT = '9410' } = process.env
const sessions = new Map() // our token -> {openid, session_key}: session_key never leaves the server

async function platform(path, query, body) {
  const init = body && { method: 'POST', body: JSON.stringify(body) }
  const answer = await (await fetch(`${PLATFORM}${path}?${new URLSearchParams(query)}`, init)).json()
  if (answer.errcode) throw new Error(`${answer.errcode} ${answer.errmsg}`)
  return answer
}

async function accessToken() {
  const body = { grant_type: 'client_credential', appid: APPID, secret: SECRET }
  return (await platform('/cgi-bin/stable_token', {}, body)).access_token
}

function decrypt({ session_key: key }, encryptedData, iv) {
  const cipher = createDecipheriv('aes-128-cbc', Buffer.from(key, 'base64'), Buffer.from(iv, 'base64'))
  const open = JSON.parse(cipher.update(encryptedData, 'base64', 'utf8') + cipher.final('utf8'))
  if (open.watermark.appid !== APPID) throw new Error('sealed for another program')
  return open
}

const routes = {
  async '/login'({ code }) {
    const session = await platform('/sns/jscode2session',
      { appid: APPID, secret: SECRET, js_code: code, grant_type: 'authorization_code' })
    const token = randomUUID()
    sessions.set(token, session)
    return { token, openid: session.openid }
  },
  async '/open'({ token, encryptedData, iv }) {
    return decrypt(sessions.get(token), encryptedData, iv)
  },
  async '/activity'() {
    const { activity_id: activityId } = await platform('/cgi-bin/message/wxopen/activityid/create', { access_token: await accessToken() })
    return { activityId }
  },
  // state 0 tells who joins; state 1, when all have, what a tap on the card opens
  async '/join'({ activityId, joined, seats, path }) {
    const parameters = joined < seats ? { member_count: String(joined), room_limit: String(seats) } : { path, version_type: 'release' }
    const parameter_list = Object.entries(parameters).map(([name, value]) => ({ name, value }))
    await platform('/cgi-bin/message/wxopen/updatablemsg/send', { access_token: await accessToken() },
      { activity_id: activityId, target_state: joined < seats ? 0 : 1, template_info: { parameter_list } })
    return {}
  },
}

const server = createServer(async (request, response) => {
  let body = ''
  for await (const chunk of request) body += chunk
  try {
    const answer = await routes[request.url](JSON.parse(body))
    response.end(JSON.stringify(answer))
  } catch (error) {
    response.statusCode = 500
    response.end(JSON.stringify({ error: error.message }))
  }
})
server.listen(Number(PORT), '127.0.0.1', () => console.log(`backend at http://127.0.0.1:${server.address().port}`))
