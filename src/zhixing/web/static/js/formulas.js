// Formulas: TeX between $ signs is set by KaTeX, which is fetched only where there is one.
const here = new URL("../vendor/katex/", import.meta.url)
let loading

function katex() {
  loading ??= new Promise((resolve, reject) => {
    const sheet = document.createElement("link")
    sheet.rel = "stylesheet"
    sheet.href = new URL("katex.min.css", here)
    if (!document.querySelector('link[href*="katex.min.css"]')) document.head.append(sheet)
    const script = document.createElement("script")
    script.src = new URL("katex.min.js", here)
    script.onload = () => resolve(window.katex)
    script.onerror = reject
    document.head.append(script)
  })
  return loading
}

export async function setFormulas(place) {
  const found = [...place.querySelectorAll(".math:not([data-set])")]
  if (!found.length) return
  for (const element of found) element.dataset.set = "yes"  // before waiting: nobody sets it twice
  try {
    const {render} = await katex()
    for (const element of found) {
      const tex = element.textContent
      render(tex, element, {displayMode: element.classList.contains("block"), throwOnError: false, strict: "ignore", maxExpand: 200, maxSize: 40, trust: false})
    }
    document.dispatchEvent(new Event("formulas"))
  } catch { /* the TeX stays as it is: still readable */ }
}
