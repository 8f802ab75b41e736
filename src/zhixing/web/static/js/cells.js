// Cells: an editor, Run, and what came of it.
import {send, show, nonce} from "./page.js"

let module
export const editorModule = () => module ??= import("../vendor/editor.js")

/** Put an editor over a text field, which stays the truth for forms; without scripts it is there. */
export async function overlay(holder, more = {}) {
  const field = holder.querySelector("textarea")
  try {
    const {editor} = await editorModule()
    const made = editor(holder, {
      doc: field.value, label: holder.dataset.label, nonce, ...more,
      onChange: () => { field.value = made.text(); more.onChange?.() },
    })
    field.hidden = true
    return made
  } catch {
    field.addEventListener("input", () => more.onChange?.())
    return {text: () => field.value, set: text => { field.value = text }, focus: () => field.focus(), line: () => field.focus()}
  }
}

for (const cell of document.querySelectorAll("[data-cell]")) {
  const result = cell.querySelector("[data-result]"), state = cell.querySelector("[data-state]")
  const button = cell.querySelector("[data-run]"), first = cell.querySelector("textarea").value
  let running = false
  const run = () => {
    if (running) return true
    running = true
    button.disabled = true
    state.textContent = "…"
    const started = performance.now()
    const slow = setInterval(() => { state.textContent = Math.round((performance.now() - started) / 1000) + " s" }, 1000)
    send("/cells/run", {reference: cell.dataset.cell, source: made.text()})
      .then(async response => { show(result, await response.text()); state.textContent = "" })
      .catch(() => { state.textContent = "—" })
      .finally(() => { clearInterval(slow); running = false; button.disabled = false })
    return true
  }
  const made = await overlay(cell.querySelector("[data-editor]"), {
    keys: [{key: "Mod-Enter", run}, {key: "Shift-Enter", run}],
  })
  button.onclick = run
  cell.querySelector("[data-reset]").onclick = () => made.set(first)
}
