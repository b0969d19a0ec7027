import a, { b as c } from './x'
export const d = 1, { e, f: [g] } = a
export default class H {}
export * from 'y'
