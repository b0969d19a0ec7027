// A program's own server, written against the public API alone, with independent packages from npm: it logs its people in with
// co-wechat-api, reads what its clients send with node-easywechat's decryptor, and asks for tokens with both.
//
//   node backend.mjs PLATFORM APPID SECRET   then one JSON line a request on stdin, one a answer on stdout
import { createRequire } from 'node:module'
import { createInterface } from 'node:readline'

const require = createRequire(new URL('../../package.json', import.meta.url))
const WechatAPI = require('co-wechat-api')
// its index wants a file that node-socialite 1.5.3 does not have; mini programs do not
const MiniApp = require('node-easywechat/dist/MiniApp/Application.js')
const Decryptor = require('node-easywechat/dist/MiniApp/Decryptor.js')

const [, , platform, appid, secret] = process.argv
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

for await (const line of createInterface({ input: process.stdin })) {
  const { command, ...given } = JSON.parse(line)
  try {
    console.log(JSON.stringify({ answer: await commands[command](given) }))
  } catch (error) {
    console.log(JSON.stringify({ error: `${error.name} ${error.code ?? ''} ${error.message}` }))
  }
}
