// What every page does: formulas, the running timer, drafts that survive, keys.
import {setFormulas} from "./formulas.js"

export const token = document.querySelector('meta[name="token"]').content
export const nonce = document.querySelector('meta[name="nonce"]').content

/** Ask our own server; JSON in, the response out. */
export function ask(address, body, more = {}) {
  return fetch(address, {
    method: "POST",
    headers: {"X-Token": token, "Content-Type": "application/json"},
    body: JSON.stringify(body),
    ...more,
  })
}

/** Our own server's HTML into a place of the page. It was made safe where it was made. */
export function show(place, html) {
  place.innerHTML = html
  setFormulas(place)
}

/** The same, for forms: fields in, the response out. */
export function send(address, fields) {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.append(name, value)
  return fetch(address, {method: "POST", headers: {"X-Token": token}, body: form})
}

setFormulas(document)
document.addEventListener("htmx:afterSwap", event => setFormulas(event.target))

// the timer at the head of the page
for (const timer of document.querySelectorAll("[data-since]")) {
  const since = new Date(timer.dataset.since), clock = timer.querySelector("[data-clock]")
  const tick = () => {
    const seconds = Math.max(0, Math.floor((Date.now() - since) / 1000))
    const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
    clock.textContent = (parts[0] ? parts : parts.slice(1)).map(n => String(n).padStart(2, "0")).join(":")
  }
  tick()
  setInterval(tick, 1000)
}

// a text that was typed and not saved is still there after a reload, or a server that was away
for (const field of document.querySelectorAll("[data-keep]")) {
  const key = "zhixing:" + field.dataset.keep
  const kept = localStorage.getItem(key)
  if (kept !== null && kept !== field.value && field.value === field.defaultValue) field.value = kept
  field.addEventListener("input", () => { try { localStorage.setItem(key, field.value) } catch { /* full: the page still has it */ } })
  field.form?.addEventListener("submit", () => { field.form.dataset.sent = "yes" })
  if (kept !== null && kept === field.defaultValue) localStorage.removeItem(key)
}

// a form is sent once: a second click changes nothing
document.addEventListener("submit", event => {
  const form = event.target
  if (form.dataset.sending) { event.preventDefault(); return }
  form.dataset.sending = "yes"
  setTimeout(() => delete form.dataset.sending, 4000)
})
window.addEventListener("pageshow", event => {
  for (const form of document.forms) delete form.dataset.sending
  if (event.persisted) location.reload()  // the way back shows what is, not what was
})

for (const button of document.querySelectorAll("[data-back]")) {
  if (history.length > 1) { button.hidden = false; button.onclick = () => history.back() }
}
for (const button of document.querySelectorAll("[data-theme-button]")) {
  const dark = matchMedia("(prefers-color-scheme: dark)").matches
  if (document.documentElement.dataset.theme === "auto") button.value = dark ? "light" : "dark"
}

// g then a letter goes to a page, as in many programs; ? is not needed to use anything
let waiting = false
const places = {t: "/", p: "/plan", l: "/labs", n: "/notes", r: "/progress", s: "/settings"}
document.addEventListener("keydown", event => {
  const typing = event.target.closest?.("input, textarea, select, .cm-editor")
  if (typing || event.ctrlKey || event.metaKey || event.altKey) return
  if (waiting && places[event.key]) location.href = places[event.key]
  waiting = event.key === "g"
})

// The skill map: under the pointer, or in focus, a skill shows all it rests on and all it opens;
// the arrow keys walk along the ways.
for (const map of document.querySelectorAll(".skillmap")) {
  const ways = [...map.querySelectorAll("path[data-from]")]
  const pills = [...map.querySelectorAll("[data-skill]")]
  const reach = (start, from, to) => {
    const found = new Set([start])
    for (const one of found) {  // a set is walked to the ends that are added meanwhile
      for (const way of ways) if (way.dataset[from] === one) found.add(way.dataset[to])
    }
    return found
  }
  const light = event => {
    const skill = event.target.closest?.("[data-skill]")?.dataset.skill ?? map.querySelector(":focus-visible")?.dataset.skill
    const rests = skill ? reach(skill, "to", "from") : new Set()
    const opens = skill ? reach(skill, "from", "to") : new Set()
    map.classList.toggle("lit", Boolean(skill))
    for (const pill of pills) {
      pill.classList.toggle("rests", rests.has(pill.dataset.skill))
      pill.classList.toggle("opens", opens.has(pill.dataset.skill))
    }
    for (const way of ways) {
      way.classList.toggle("rests", rests.has(way.dataset.to) && rests.has(way.dataset.from))
      way.classList.toggle("opens", opens.has(way.dataset.to) && opens.has(way.dataset.from))
      if (way.matches(".rests, .opens")) way.parentNode.append(way)  // over those it shares a lane with
    }
  }
  for (const name of ["pointerover", "pointerleave", "focusin", "focusout"]) map.addEventListener(name, light)
  map.addEventListener("keydown", event => {
    const at = pills.indexOf(document.activeElement)
    if (at < 0) return
    const skill = pills[at].dataset.skill
    const along = (from, to) => ways.find(way => way.dataset[from] === skill)?.dataset[to]
    const wanted = {
      ArrowLeft: along("to", "from"), ArrowRight: along("from", "to"),
      ArrowUp: pills[at - 1]?.dataset.skill, ArrowDown: pills[at + 1]?.dataset.skill,
    }[event.key]
    if (!wanted) return
    event.preventDefault()
    pills.find(pill => pill.dataset.skill === wanted).focus()
  })
}

// Tables of a reading sort by the column whose head is chosen; once more turns them round.
for (const head of document.querySelectorAll(".sortable th")) {
  head.tabIndex = 0
  head.setAttribute("aria-sort", "none")
  const sort = () => {
    const table = head.closest("table")
    const column = [...head.parentNode.children].indexOf(head)
    const up = head.getAttribute("aria-sort") !== "ascending"
    for (const other of head.parentNode.children) other.setAttribute("aria-sort", "none")
    head.setAttribute("aria-sort", up ? "ascending" : "descending")
    const words = row => row.children[column]?.textContent.trim() ?? ""
    const rows = [...table.tBodies[0].rows]
    rows.sort((a, b) => words(a).localeCompare(words(b), document.documentElement.lang, {numeric: true}) * (up ? 1 : -1))
    table.tBodies[0].append(...rows)
  }
  head.addEventListener("click", sort)
  head.addEventListener("keydown", event => { if (event.key === "Enter") sort() })
}

// The Gantt chart opens where today is.
const toToday = () => {
  for (const chart of document.querySelectorAll("[data-gantt] > svg")) {
    const place = chart.parentElement
    place.scrollLeft = Math.max(0, Number(chart.dataset.today) - place.clientWidth / 4)
  }
}
toToday()
document.addEventListener("htmx:afterSettle", toToday)
