// The page of a draft: what was typed is written down at once, and folds stay as they were left.
import {token} from "./page.js"

const form = document.querySelector("[data-review]")
const state = form.querySelector("[data-state]")
const OF_ONE_LINE = ["title", "minutes", "kind", "mend"]  // taken in by their own button

let waiting
const save = async () => {
  const fields = new FormData(form)
  for (const name of ["text", ...OF_ONE_LINE]) fields.delete(name)
  try {
    const answer = await fetch("/import/mend", {method: "POST", headers: {"X-Token": token}, body: fields})
    state.textContent = answer.ok ? form.dataset.saved : form.dataset.away
  } catch { state.textContent = form.dataset.away }
}
form.addEventListener("change", event => {
  if (OF_ONE_LINE.includes(event.target.name)) return
  clearTimeout(waiting)
  waiting = setTimeout(save, 300)
})
form.addEventListener("submit", () => clearTimeout(waiting))

const key = "zhixing:folds:" + form.elements.draft.value
let kept = {}
try { kept = JSON.parse(sessionStorage.getItem(key) ?? "{}") } catch { /* nothing was kept */ }
const wanted = document.querySelector("main [autofocus]")
for (const head of form.querySelectorAll("[data-fold]")) {
  const fold = head.parentElement, name = head.dataset.fold
  if (name in kept && !(wanted && fold.contains(wanted))) fold.open = kept[name]
  fold.addEventListener("toggle", () => {
    kept[name] = fold.open
    try { sessionStorage.setItem(key, JSON.stringify(kept)) } catch { /* full: folds are as they come */ }
  })
}
wanted?.scrollIntoView({block: "center", behavior: "instant"})
const pane = form.querySelector(".source"), here = pane.querySelector(".here")
if (here) pane.scrollTop = here.offsetTop - pane.offsetTop - pane.clientHeight / 3
