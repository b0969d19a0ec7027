// Types of the package. With miniprogram-api-typings a definition's methods and data are typed, too; they are not needed here.

export type ComponentId = string

export interface LoadOptions {
  compiler?: 'official' | 'simulate'
  compilerOptions?: { maxBuffer?: number; wxmlList?: string[]; wxsList?: string[] }
  /** Where "/a" counts from; the component's own folder unless given. */
  rootPath?: string
  /** The sheets are Less. */
  less?: boolean
  /** Components in place of those of the same names, for all that are loaded: paths or ids. */
  usingComponents?: Record<string, string>
}

export interface Definition {
  id?: string
  tagName?: string
  template: string
  usingComponents?: Record<string, ComponentId>
  options?: { classPrefix?: string; [name: string]: any }
  [name: string]: any
}

export interface Binding {
  name: string
  handler: any
  isMutated: boolean
  isCapture: boolean
  isCatch: boolean
}

export interface ComponentJSON {
  tagName: string
  attrs: { name: string; value: any }[]
  event: Record<string, Binding>
  children: (ComponentJSON | string)[]
}

export interface Point {
  x: number
  y: number
}

export interface EventOptions extends Partial<CustomEventInit> {
  touches?: Point[]
  changedTouches?: Point[]
  [name: string]: any
}

export type Listener = (event: any) => void

export class Component<Data = any, Instance = any> {
  readonly dom: HTMLElement | undefined
  readonly data: Data
  readonly instance: Instance
  querySelector(selector: string): Component | undefined
  querySelectorAll(selector: string): Component[]
  setData(data: Record<string, any>, callback?: () => void): void
  dispatchEvent(name: string, options?: EventOptions): void
  addEventListener(name: string, handler: Listener, capture?: boolean | { capture?: boolean }): void
  removeEventListener(name: string, handler: Listener, capture?: boolean | { capture?: boolean }): void
  triggerLifeTime(name: string, ...args: any[]): void
  triggerPageLifeTime(name: string, ...args: any[]): void
  toJSON(): ComponentJSON
}

export class RootComponent<Data = any, Instance = any> extends Component<Data, Instance> {
  attach(parent: Node): void
  detach(): void
}

export function behavior(definition: Record<string, any>): any
export function load(definition: Definition): ComponentId
export function load(path: string, options?: LoadOptions): ComponentId
export function load(path: string, tagName?: string, options?: LoadOptions): ComponentId
export function render(id: ComponentId, properties?: Record<string, any>): RootComponent
export function match(dom: any, html: string): boolean
export function sleep(ms?: number): Promise<void>
export function scroll(component: Component, offset?: number, times?: number, property?: string): void
