// The lab: save, check, see checks arrive, hints, the picture; and follow another editor.
import {ask, send, show, token} from "./page.js"
import {answerEditor} from "./bundle.js"

const lab = document.querySelector("[data-lab]")
const at = name => lab.querySelector(`[data-${name}]`)
const address = (what, more = "") => `/labs/${lab.dataset.lab}/${what}?part=${encodeURIComponent(lab.dataset.part)}${more}`
const words = JSON.parse(lab.dataset.words)
const draft = "zhixing:lab:" + lab.dataset.lab
let stamp = lab.dataset.stamp, known = lab.dataset.attempt, saved, checking = null, mine = false

const state = text => { at("state").textContent = text }
const changed = () => made.text() !== saved

let timer
const editor = await answerEditor([...lab.querySelectorAll("[data-editor]")], {
  onChange: () => {
    state(changed() ? words.unsaved : words.saved)
    try { localStorage.setItem(draft, JSON.stringify({text: made.text(), base: stamp})) } catch { /* full */ }
    clearTimeout(timer)
    timer = setTimeout(save, 1500)
  },
  keys: [
    {key: "Mod-Enter", run: () => { check(); return true }},
    {key: "Mod-s", run: () => { save(); return true }},
  ],
})
const made = editor
saved = made.text()

// what was typed while the server was away: with the text it began from, so that a file which was
// saved since is not written over without asking
try {
  const kept = JSON.parse(localStorage.getItem(draft))
  if (kept && kept.text !== saved) { stamp = kept.base; made.set(kept.text) }
} catch { localStorage.removeItem(draft) }

// a part of its own: the statement and the answer are opened where it begins
const place = Number(lab.dataset.place)
if (place) {
  const pane = lab.querySelector(".statement")
  const heading = pane.querySelector("[data-own-part]")
  const there = () => { pane.scrollTop = heading.offsetTop - pane.offsetTop - 8 }
  if (heading && place > 1) { there(); document.addEventListener("formulas", there, {once: true}) }
  const lines = saved.split("\n")
  const mark = lines.findIndex(line => new RegExp(`^#[\\s-]*${lab.dataset.part.replaceAll("-", "[- ]")}\\b`).test(line))
  const todo = lines.findIndex((line, n) => n >= Math.max(mark, 0) && /# TODO|NotImplementedError/.test(line))
  const beside = matchMedia("(min-width: 66rem)").matches  // one below the other, a jump would scroll the page
  if (beside && editor.jump && (mark > 0 || todo > 12)) editor.jump((mark > 0 ? mark : todo - 4) + 1)
}

function settled(text, answered) {
  stamp = answered.stamp
  saved = text
  localStorage.removeItem(draft)
  at("base").value = stamp
  state(changed() ? words.unsaved : words.saved)
}

/** The file was changed elsewhere: the question which text shall stand, brought into view. What was
 *  asked for meanwhile goes on with the answer. */
function conflict(answered, then = save) {
  show(at("conflict"), answered.html)
  state(words.elsewhere)
  at("conflict").querySelector("[data-mine]").onclick = () => { stamp = answered.stamp; at("conflict").replaceChildren(); then() }
  at("conflict").querySelector("[data-theirs]").onclick = () => {
    at("conflict").replaceChildren()
    saved = answered.theirs; stamp = answered.stamp
    made.set(answered.theirs)
    settled(answered.theirs, answered)
  }
  at("conflict").scrollIntoView({block: then === check ? "center" : "nearest"})
  if (then === check) at("conflict").querySelector("[data-mine]").focus({preventScroll: true})
}

async function save() {
  clearTimeout(timer)
  if (!changed() || checking) return
  const text = made.text()
  try {
    const response = await ask(address("answer"), {answer: text, base: stamp})
    if (response.status === 409) return conflict(await response.json())
    if (!response.ok) return show(at("conflict"), await response.text())
    at("conflict").replaceChildren()
    settled(text, await response.json())
  } catch { state(words.away) }
}

/** Server-sent events of a response, one by one. */
async function* events(response) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
  let rest = ""
  for (;;) {
    const {value, done} = await reader.read()
    if (done) return
    rest += value
    let end
    while ((end = rest.indexOf("\n\n")) >= 0) {
      const lines = rest.slice(0, end).split("\n")
      rest = rest.slice(end + 2)
      const name = lines.find(line => line.startsWith("event: "))?.slice(7)
      const data = lines.find(line => line.startsWith("data: "))?.slice(6)
      if (name && data) yield {name, ...JSON.parse(data)}
    }
  }
}

/** The checks to come, in grey: how many there are is seen before the first one ends. */
function awaited() {
  at("checks").replaceChildren(...JSON.parse(lab.dataset.names).map(([name, title]) => {
    const line = document.createElement("li"), sign = document.createElement("span")
    line.className = "pending"
    line.dataset.name = name
    sign.className = "sign"
    sign.textContent = "·"
    line.append(sign, title)
    return line
  }))
}

function arrived(html) {
  const fresh = document.createElement("template")
  fresh.innerHTML = html.trim()
  const line = fresh.content.firstElementChild
  const waiting = [...at("checks").children].find(each => each.dataset.name === line.dataset.name)
  if (waiting) waiting.replaceWith(line)
  else at("checks").append(line)
}

/** How long it took from the click, as seen in this page: to the first check, to the verdict. */
function timed(first, all) {
  const said = at("verdict").querySelector(".timing")
  if (said) said.textContent = " · " + words.timing.replace("FIRST", Math.round(first)).replace("ALL", Math.round(all))
}

let judged = ""  // the seed of the verdict that is shown: the same answer has the same one

async function check() {
  if (checking) return
  clearTimeout(timer)
  const text = made.text()
  checking = new AbortController()
  mine = true
  awaited()
  at("verdict").replaceChildren()
  at("check").disabled = true
  at("stop").hidden = false
  state(words.checking)
  const begun = performance.now()
  let first = 0
  try {
    const response = await ask(address("check"), {answer: text, base: stamp}, {signal: checking.signal})
    if (response.status === 409) { conflict(await response.json(), check); return }
    if (!response.headers.get("content-type").startsWith("text/event-stream")) {
      show(at("verdict"), await response.text())
      return
    }
    for await (const one of events(response)) {
      if (one.name === "saved") settled(text, one)
      else if (one.name === "check") { arrived(one.html); first ||= performance.now() - begun }
      else if (one.name === "waiting") state(one.words)
      else { judged = one.seed; show(at("verdict"), one.html); timed(first, performance.now() - begun); passed(one.word) }
    }
    state(changed() ? words.unsaved : words.saved)
  } catch (trouble) {
    state(trouble.name === "AbortError" ? words.stopped : words.away)
  } finally {
    for (const line of at("checks").querySelectorAll(".pending")) line.remove()
    checking = null
    at("check").disabled = false
    at("stop").hidden = true
    setTimeout(() => { mine = false }, 1500)
  }
}

function passed(word) {
  const link = lab.querySelector("[data-review]"), pill = document.querySelector(".parts .passed")
  if (word !== "pass" && !pill) return
  if (word === "pass") at("hints").replaceChildren()
  if (!link.children.length || pill) {
    fetch(location.href, {headers: {"Cache-Control": "no-cache"}}).then(r => r.text()).then(html => {
      const fresh = new DOMParser().parseFromString(html, "text/html")
      const review = fresh.querySelector("[data-review]"), parts = fresh.querySelector(".parts")
      if (review) link.replaceWith(document.adoptNode(review))
      if (parts) document.querySelector(".parts")?.replaceWith(document.adoptNode(parts))
    }).catch(() => {})
  }
  if (word === "pass" && (at("draw") || at("figure").querySelector("img"))) draw()
}

async function draw() {
  try {
    const response = await send(address("figure"), {})
    show(at("figure"), await response.text())
  } catch { state(words.away) }
}

at("answer-form").addEventListener("submit", event => { event.preventDefault(); event.stopPropagation(); check() }, true)
at("stop").onclick = () => checking?.abort()
at("hint").onclick = async () => {
  await save()
  try {
    const response = await send(address("hint"), {})
    const html = await response.text()
    const last = at("hints").lastElementChild?.outerHTML
    if (response.ok) { at("hints").insertAdjacentHTML("beforeend", html) } else { at("hints").innerHTML = html }
    const all = [...at("hints").children]
    if (all.length > 1 && all.at(-1).innerHTML === all.at(-2).innerHTML) all.at(-1).remove()
    show(at("hints"), at("hints").innerHTML)
    at("hints").lastElementChild?.scrollIntoView({block: "nearest"})
  } catch { state(words.away) }
}
if (at("draw")) at("draw").onclick = async () => { await save(); draw() }
at("upload")?.addEventListener("change", async event => {
  const file = event.target.files[0]
  if (!file) return
  const form = new FormData()
  form.append("file", file)
  const response = await fetch(address("upload"), {method: "POST", headers: {"X-Token": token}, body: form})
  if (response.ok) made.set((await response.json()).answer)
  else show(at("conflict"), await response.text())
  event.target.value = ""
})

// what happens to this lab elsewhere: another editor's save, a check in a terminal
let source
function listen() {
  source?.close()
  source = new EventSource(address("live", `&stamp=${stamp}&attempt=${known}`))
  source.addEventListener("file", event => {
    const {answer, stamp: fresh} = JSON.parse(event.data)
    if (answer === made.text()) { settled(answer, {stamp: fresh}); return }
    if (answer === saved) return
    if (changed() || checking) { state(words.elsewhere); return }
    saved = answer; stamp = fresh
    made.set(answer)
    localStorage.removeItem(draft)
    state(words.followed)
    if (at("follow").checked) check()
  })
  source.addEventListener("verdict", event => {
    if (mine || checking) return
    const {html, word, seed} = JSON.parse(event.data)
    if (seed === judged) return  // our own, which is shown with its checks and its time
    judged = seed
    show(at("verdict"), html)
    at("checks").replaceChildren()
    passed(word)
  })
}
if (document.visibilityState === "visible") listen()
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible") listen()
  else { source?.close(); save() }
})
window.addEventListener("pagehide", () => { source?.close() })
window.addEventListener("beforeunload", () => {
  if (changed()) navigator.sendBeacon && save()
})
