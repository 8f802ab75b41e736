// What a person with a screen reader, a keyboard, weak eyes or a narrow screen would trip over on
// this page; a list of sentences, empty where there is nothing.
(enough) => {
  const faults = []
  const visible = one => one.checkVisibility({visibilityProperty: true, opacityProperty: true}) && one.getClientRects().length
  const shown = one => `<${one.tagName.toLowerCase()}${one.className && typeof one.className === "string" ? "." + one.className.trim().replace(/\s+/g, ".") : ""}> “${(one.innerText ?? one.textContent ?? "").trim().slice(0, 40)}”`

  // pictures, fields, buttons and links have names
  for (const image of document.querySelectorAll("img")) if (!image.hasAttribute("alt")) faults.push(`an image without alt: ${image.src.slice(0, 80)}`)
  const named = one => one.getAttribute("aria-label") || [...(one.labels ?? [])].some(label => label.textContent.trim()) || one.innerText?.trim() || one.querySelector?.("img[alt]:not([alt=''])")
  for (const field of document.querySelectorAll("input:not([type=hidden]), select, textarea, [contenteditable=true]"))
    if (!field.getAttribute("aria-label") && ![...(field.labels ?? [])].some(label => label.textContent.trim())) faults.push(`a field without a label: ${field.outerHTML.slice(0, 90)}`)
  for (const one of document.querySelectorAll("button, a[href], summary")) if (visible(one) && !named(one)) faults.push(`a control without a name: ${one.outerHTML.slice(0, 90)}`)
  for (const one of document.querySelectorAll("main table")) if (!one.querySelector("th")) faults.push(`a table without heads: ${shown(one)}`)

  // one h1, no level left out on the way down
  const heads = [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")].filter(visible)
  if (heads.filter(head => head.tagName === "H1").length !== 1) faults.push(`${heads.filter(head => head.tagName === "H1").length} headings of the first level`)
  let before = 0
  for (const head of heads) {
    const level = Number(head.tagName[1])
    if (level > before + 1) faults.push(`a heading of level ${level} after one of level ${before}: ${shown(head)}`)
    before = level
  }
  const ids = [...document.querySelectorAll("[id]")].map(one => one.id)
  for (const id of new Set(ids.filter((id, n) => ids.indexOf(id) !== n))) faults.push(`two things are called #${id}`)
  if (document.querySelectorAll("main").length !== 1) faults.push("not one main part")
  if (!document.title.trim()) faults.push("a page without a title")
  if (document.querySelectorAll("main .main:is(a, button):not([disabled])").length && heads.length === 0) faults.push("a next action without a heading")

  // nothing is wider than the screen
  const wide = document.documentElement.scrollWidth
  if (wide > innerWidth) {
    const clipped = one => { for (let up = one.parentElement; up && up !== document.body; up = up.parentElement) if (getComputedStyle(up).overflowX !== "visible") return true; return false }
    const who = [...document.querySelectorAll("body *")].filter(one => one.getBoundingClientRect().right > innerWidth + 1 && !clipped(one))
    faults.push(`${wide} px wide on a screen of ${innerWidth}: ${who.slice(-3).map(shown).join(", ")}`)
  }

  // text stands out from what is behind it
  const rgba = colour => { const n = colour.match(/[\d.]+/g)?.map(Number) ?? [0, 0, 0, 0]; return colour.startsWith("color(srgb") ? [...n.slice(0, 3).map(x => x * 255), n[3] ?? 1] : [n[0], n[1], n[2], n[3] ?? 1] }
  const over = (front, back) => [0, 1, 2].map(i => front[i] * front[3] + back[i] * (1 - front[3])).concat(1)
  const behind = one => {
    const layers = []
    for (let up = one; up; up = up.parentElement) {
      const style = getComputedStyle(up), colour = rgba(style.backgroundColor)
      if (style.backgroundImage !== "none") return null
      if (colour[3] > 0) layers.push(colour)
      if (colour[3] === 1) break
    }
    return layers.reverse().reduce((ground, layer) => over(layer, ground), [255, 255, 255, 1])
  }
  const light = colour => { const [r, g, b] = colour.map(x => x / 255).map(x => x <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4); return 0.2126 * r + 0.7152 * g + 0.0722 * b }
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  const seen = new Set()
  while (texts.nextNode()) {
    const one = texts.currentNode.parentElement
    if (!texts.currentNode.textContent.trim() || seen.has(one) || one.closest(".katex-mathml, script, style, .sr, [disabled]") || !visible(one)) continue
    seen.add(one)
    const ground = behind(one)
    if (!ground) continue
    let opacity = 1
    for (let up = one; up; up = up.parentElement) opacity *= Number(getComputedStyle(up).opacity)
    const front = rgba(getComputedStyle(one).color)
    front[3] *= opacity
    const [dim, bright] = [light(over(front, ground)), light(ground)].sort((a, b) => a - b)
    const contrast = (bright + 0.05) / (dim + 0.05)
    if (contrast < enough) faults.push(`contrast ${contrast.toFixed(2)}: ${shown(one)}`)
  }
  return faults
}
