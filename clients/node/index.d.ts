import { EventEmitter } from 'node:events'

export interface LaunchOptions {
  /** A folder with app.json or project.config.json. */
  project: string
  /** The program; MINA of the environment, or "mina". */
  mina?: string
  /** Time passes with calls alone, and every run is the same. Default: true. */
  virtualTime?: boolean
  port?: number
  page?: string
  scene?: number
  /** Who runs it: a person of the world. */
  as?: string
  world?: string
  script?: string
  fixtures?: string
  offline?: boolean
  libVersion?: string
  appid?: string
  /** Shows what the program and mina print. */
  verbose?: boolean
}

/** Starts an app; ready when its first page is. */
export function launch(options: LaunchOptions): Promise<App>
/** Joins a `mina auto` that runs; a path in the address names a person: ws://127.0.0.1:9420/bob */
export function connect(options: { endpoint: string }): Promise<App>

export interface Rect { x: number, y: number, width: number, height: number }
export interface Launch { path?: string, query?: Record<string, string>, scene?: number, [more: string]: unknown }
export interface Chat { id: string, name: string, kind: 'group' | 'single', members: string[] }
export interface Message {
  id: string
  chat: string
  from: string
  at: number
  text?: string
  card?: { title: string, path: string, appid: string, [more: string]: unknown }
}
export interface Share { kind: string, page: string, options: unknown, card: unknown, result?: { errMsg: string, shareTickets?: string[] } }
export interface Diagnostic { error: boolean, file: string, line: number, column: number, text: string }
export interface Recorded { calls: { method: string, params: unknown, result?: unknown, error?: string }[] }
export interface Difference { index: number, method: string, wanted: unknown, found: unknown }
export type DialogKind = 'modal' | 'actionSheet' | 'picker' | 'permission' | 'share' | 'keyboard'
export type NetworkType = 'none' | '2g' | '3g' | '4g' | '5g' | 'wifi' | 'unknown'

export class App extends EventEmitter {
  readonly network: Network

  page(): Promise<Page>
  pageStack(): Promise<Page[]>
  navigateTo(url: string): Promise<Page>
  redirectTo(url: string): Promise<Page>
  reLaunch(url: string): Promise<Page>
  switchTab(url: string): Promise<Page>
  navigateBack(delta?: number): Promise<Page>

  /** A function of wx; one that ends by success or fail is waited for. */
  wx(method: string, ...args: unknown[]): Promise<any>
  mockWx(method: string, what: unknown | ((...args: any[]) => unknown), ...args: unknown[]): Promise<void>
  restoreWx(method: string): Promise<void>
  /** Runs in the logic layer; nothing of the test's own can be seen there. */
  evaluate<A extends unknown[], R>(fn: ((...args: A) => R) | string, ...args: A): Promise<Awaited<R>>
  expose(name: string, fn: (...args: any[]) => void): Promise<void>
  /** From now on "console" is emitted. */
  listen(): Promise<void>
  on(event: 'console', fn: (message: { type: string, args: unknown[] }) => void): this
  on(event: 'exception', fn: (error: { message: string, stack: string }) => void): this

  advance(ms: number): Promise<void>
  settle(options?: { quiet?: number, limit?: number }): Promise<void>
  time(): Promise<{ now: number, elapsed: number }>

  world(): Promise<{ me: string, people: { id: string, nickName: string }[], groups: { id: string, members: string[] }[], chats: Chat[] }>
  /** Another person's app, in the same world, on the same clock. */
  person(name: string): Promise<App>
  messages(chat?: string): Promise<Message[]>
  say(chat: string, text: string): Promise<string>
  openCard(message: Message | string): Promise<Page>
  menu(): Promise<{ id: string, label: string }[]>
  chooseMenu(item: 'share' | 'timeline' | 'favorite' | 'home'): Promise<void>
  /** Shares the page from the menu to chats: "family", "bob". */
  share(...chats: string[]): Promise<Share>
  answerShare(...chats: string[]): Promise<Share>

  overlay(): Promise<Record<string, any>>
  answer(kind: DialogKind, answer?: unknown): Promise<void>
  confirmModal(content?: string): Promise<void>
  cancelModal(): Promise<void>
  chooseAction(tapIndex: number): Promise<void>
  /** The person's hand on bars and dialogs, as the official client's native() has it. */
  native(method: string, data?: object): Promise<object>
  /** The open picker's wheels turn to these rows, one a column; then it is confirmed. */
  choosePicked(...rows: number[]): Promise<void>
  cancelPicker(): Promise<void>
  /** A finger along points of the screen, whatever is there; it rests before it goes up, unless it is to throw. */
  touch(points: [number, number][], options?: { finger?: number, throws?: boolean }): Promise<void>
  allow(): Promise<void>
  deny(): Promise<void>

  /** null: the person is asked again. */
  setPermission(scope: string, allow: boolean | null): Promise<void>
  setDevice(device: { screen?: { width?: number, height?: number, dpr?: number, dark?: boolean }, [fact: string]: unknown }): Promise<void>
  /** An event of the device: "accelerometerChange" is what wx.onAccelerometerChange hears. */
  tell(event: string, detail?: object): Promise<void>
  setStorageQuota(bytes: number): Promise<void>
  warnMemory(level?: 5 | 10 | 15): Promise<void>
  /** As docs/script.md has it. */
  applyScript(script: object): Promise<void>
  leave(): Promise<void>
  enter(launch?: Launch): Promise<Page>
  restart(launch?: Launch): Promise<Page>
  diagnostics(): Promise<Diagnostic[]>

  screenshot(options?: { path?: string }): Promise<Buffer>
  record(): { stop(): Recorded }
  /** Makes the calls again; gives where an answer differs. */
  replay(recording: Recorded): Promise<Difference[]>
  trace(options?: { pictures?: boolean }): Promise<Trace>
  close(): Promise<void>
}

export interface Trace {
  stop(): void
  save(file: string, options?: { title?: string, error?: Error }): Promise<void>
}

export interface RuleOptions { method?: string, delay?: number, times?: number }
export interface Network {
  answer(url: string, data: unknown, options?: RuleOptions & { statusCode?: number, header?: object }): Promise<void>
  fail(url: string, text?: string, options?: RuleOptions): Promise<void>
  reset(): Promise<void>
  type(type: NetworkType): Promise<void>
  offline(): Promise<void>
  online(): Promise<void>
}

export class Page {
  readonly id: number
  readonly path: string
  readonly query: Record<string, string>
  $(selector: string): Promise<Element | null>
  $$(selector: string): Promise<Element[]>
  xpath(path: string): Promise<Element | null>
  xpaths(path: string): Promise<Element[]>
  /** As $, but nothing there is an error. */
  get(selector: string): Promise<Element>
  tap(selector: string): Promise<void>
  text(selector: string): Promise<string>
  data(path?: string): Promise<any>
  setData(data: object): Promise<void>
  call(method: string, ...args: unknown[]): Promise<any>
  window(...names: string[]): Promise<any>
  scrollTop(): Promise<number>
  scrollTo(top: number): Promise<void>
  /** The program's time passes meanwhile. */
  waitFor<T>(what: string | (() => Promise<T> | T), options?: { timeout?: number, step?: number }): Promise<T>
}

export class Element {
  readonly tagName: string
  $(selector: string): Promise<Element | null>
  $$(selector: string): Promise<Element[]>
  text(): Promise<string>
  attribute(name: string): Promise<string | null>
  property(name: string): Promise<any>
  style(name: string): Promise<string>
  value(): Promise<any>
  size(): Promise<{ width: number, height: number }>
  offset(): Promise<{ left: number, top: number }>
  wxml(options?: { outer?: boolean }): Promise<string>
  tap(): Promise<void>
  longpress(ms?: number): Promise<void>
  drag(dx: number, dy: number, options?: { steps?: number }): Promise<void>
  touchstart(touches: object[]): Promise<void>
  touchmove(touches: object[]): Promise<void>
  touchend(touches: object[]): Promise<void>
  trigger(type: string, detail?: unknown): Promise<void>
  dispatch(eventName: string, detail?: unknown): Promise<void>
  function(name: string, ...args: unknown[]): Promise<any>
  input(text: string): Promise<void>
  scrollTo(left: number, top: number): Promise<void>
  swipeTo(index: number): Promise<void>
  moveTo(x: number, y: number): Promise<void>
  slideTo(value: number): Promise<void>
  context(method: string, ...args: unknown[]): Promise<any>
}

export class Component extends Element {
  data(path?: string): Promise<any>
  setData(data: object): Promise<void>
  call(method: string, ...args: unknown[]): Promise<any>
}

export interface Comparison { same: boolean, pixels: number, ratio: number, boxes: Rect[], picture: Buffer }
export function comparePictures(wanted: Buffer, found: Buffer, options?: { tolerance?: number }): Comparison
/** Throws where the app's picture is another than the one in `folder`/`name`.png; writes it where there is none. */
export function expectScreenshot(app: App, name: string, options?: { folder?: string, tolerance?: number, allowed?: number, update?: boolean }): Promise<void>
/** Runs a test; when it fails, its trace is written to `file`. */
export function traced<T>(app: App, file: string, test: (app: App) => Promise<T>, options?: { pictures?: boolean }): Promise<T>
