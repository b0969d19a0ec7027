export { a as default, b } from "./z.js"
import * as n from "n"; import("./q").then(x => x)
export default function () { return /re[/]g/.test(`t${a}`) }
