// An answer of several files: one editor a file on the page, one text everywhere else (bundles.py).
import {overlay} from "./cells.js"

const header = name => `=== ${name} ===`
const ended = text => !text || text.endsWith("\n") ? text : text + "\n"

const joined = (names, texts) => names.map((name, n) => `${header(name)}\n${ended(texts[n])}`).join("")

function parted(text, names) {
  const found = new Map(names.map(name => [name, ""]))
  const headers = new Map(names.map(name => [header(name), name]))
  let at = null
  for (const line of text.replace(/\n$/, "").split("\n")) {
    if (headers.has(line.trimEnd())) at = headers.get(line.trimEnd())
    else if (at !== null) found.set(at, found.get(at) + line + "\n")
  }
  return names.map(name => found.get(name))
}

/** A text field that stays one: what is not Python has no editor here, only its keys. */
function plain(holder, {onChange, keys}) {
  const field = holder.querySelector("textarea")
  field.addEventListener("input", onChange)
  field.addEventListener("keydown", event => {
    const wanted = {Enter: "Mod-Enter", s: "Mod-s"}[event.key]
    const one = (event.ctrlKey || event.metaKey) && keys.find(each => each.key === wanted)
    if (one && one.run()) event.preventDefault()
  })
  return {text: () => field.value, set: text => { field.value = text }, focus: () => field.focus()}
}

/** The editors of an answer as one: `text`, `set`, and of a single file `jump`. */
export async function answerEditor(holders, more) {
  if (!holders[0].dataset.file) return overlay(holders[0], more)
  const names = holders.map(holder => holder.dataset.file)
  const made = await Promise.all(holders.map(holder =>
    holder.dataset.file.endsWith(".py") ? overlay(holder, more) : plain(holder, more)))
  return {
    text: () => joined(names, made.map(each => each.text())),
    set: text => parted(text, names).forEach((each, n) => { if (made[n].text() !== each) made[n].set(each) }),
    focus: () => made[0].focus(),
  }
}
