// A program's own server, written against the public API alone, with independent packages from npm: it logs its people in with
// co-wechat-api, reads what its clients send with node-easywechat's decryptor, and asks for tokens with both.
//
//   node backend.mjs PLATFORM APPID SECRET [PORT]   one JSON line a request on stdin, one an answer on stdout; with a port also HTTP,
//                                                   as backend/server.mjs of the share example has it; it ends with its stdin
import { createRequire } from 'node:module'
import { createServer } from 'node:http'
import { createInterface } from 'node:readline'

const require = createRequire(new URL('../../package.json', import.meta.url))
const WechatAPI = require('co-wechat-api')
// its index wants a file that node-socialite 1.5.3 does not have; mini programs do not
const MiniApp = require('node-easywechat/dist/MiniApp/Application.js')
const Decryptor = require('node-easywechat/dist/MiniApp/Decryptor.js')

const [, , platform, appid, secret, port] = process.argv
const co = new WechatAPI(appid, secret)
co.prefix = `${platform}/cgi-bin/`
co.snsPrefix = `${platform}/sns/`
co.wxaPrefix = `${platform}/wxa/`
const easy = new MiniApp({ app_id: appid, secret, http: { baseURL: `${platform}/` } })
const sessions = new Map()

const commands = {
  async login({ person, code, by }) {
    const session = by === 'easywechat' ? await easy.getUtils().codeToSession(code) : await co.code2Session(code)
    sessions.set(person, session)
    return session
  },
  async open({ person, encryptedData, iv }) {
    return Decryptor.decrypt(sessions.get(person).session_key, iv, encryptedData)
  },
  async token({ by }) {
    return by === 'easywechat' ? easy.getAccessToken().getToken() : (await co.ensureAccessToken()).accessToken
  },
  // a call with a token that no longer holds: the client fetches a new one by itself and tries again
  async stale() {
    co.saveToken({ accessToken: 'x'.repeat(136), expireTime: Date.now() + 1e6 })
    const { accessToken } = await co.ensureAccessToken()
    let answer = await co.request(`${co.prefix}message/wxopen/activityid/create?access_token=${accessToken}`).catch((error) => error)
    if (answer.code === 40001) {
      const fresh = await co.getAccessToken()
      answer = await co.request(`${co.prefix}message/wxopen/activityid/create?access_token=${fresh.accessToken}`)
    }
    return answer
  },
  async activity() {
    const response = await easy.getClient().post('/cgi-bin/message/wxopen/activityid/create', { json: {} })
    return response.toObject()
  },
}

// what examples/share asks of its backend
const routes = {
  async '/login'({ code }) {
    const token = String(sessions.size)
    return { token, openid: (await commands.login({ person: token, code, by: sessions.size % 2 ? 'easywechat' : 'co' })).openid }
  },
  '/open': ({ token, encryptedData, iv }) => commands.open({ person: token, encryptedData, iv }),
  async '/activity'() {
    return { activityId: (await commands.activity()).activity_id }
  },
}

if (port) {
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    try {
      response.end(JSON.stringify(await routes[request.url](JSON.parse(body))))
    } catch (error) {
      response.statusCode = 500
      response.end(JSON.stringify({ error: error.message }))
    }
  })
  server.listen(Number(port), '127.0.0.1', () => console.log('ready'))
}

for await (const line of createInterface({ input: process.stdin })) {
  const { command, ...given } = JSON.parse(line)
  try {
    console.log(JSON.stringify({ answer: await commands[command](given) }))
  } catch (error) {
    console.log(JSON.stringify({ error: `${error.name} ${error.code ?? ''} ${error.message}` }))
  }
}
process.exit(0)
