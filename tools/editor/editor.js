// The code editor of the pages, as one file: CodeMirror 6 with Python. Built by `npm run build` in
// tools/editor of the repository; see static/vendor/README.md.
import {EditorState, Compartment} from "@codemirror/state"
import {EditorView, keymap, lineNumbers, highlightActiveLine, highlightActiveLineGutter,
  drawSelection, highlightSpecialChars, rectangularSelection} from "@codemirror/view"
import {defaultKeymap, history, historyKeymap, indentWithTab} from "@codemirror/commands"
import {bracketMatching, indentOnInput, indentUnit, syntaxHighlighting} from "@codemirror/language"
import {closeBrackets, closeBracketsKeymap, autocompletion, completionKeymap} from "@codemirror/autocomplete"
import {searchKeymap, highlightSelectionMatches} from "@codemirror/search"
import {python} from "@codemirror/lang-python"
import {classHighlighter} from "@lezer/highlight"

export function editor(parent, {doc, label, nonce, onChange, keys = [], phrases = {}, readOnly = false}) {
  const editable = new Compartment()
  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc,
      extensions: [
        EditorView.cspNonce.of(nonce),
        EditorState.phrases.of(phrases),
        lineNumbers(), highlightSpecialChars(), history(), drawSelection(), rectangularSelection(),
        indentOnInput(), bracketMatching(), closeBrackets(), autocompletion(), highlightActiveLine(),
        highlightActiveLineGutter(), highlightSelectionMatches(), indentUnit.of("    "),
        EditorState.tabSize.of(4), EditorView.lineWrapping, syntaxHighlighting(classHighlighter), python(),
        keymap.of([...keys, ...closeBracketsKeymap, ...defaultKeymap, ...searchKeymap,
          ...historyKeymap, ...completionKeymap, indentWithTab]),
        EditorView.contentAttributes.of({"aria-label": label, spellcheck: "false"}),
        EditorView.updateListener.of(update => { if (update.docChanged && onChange) onChange() }),
        editable.of(EditorState.readOnly.of(readOnly)),
      ],
    }),
  })
  return {
    view,
    text: () => view.state.doc.toString(),
    set: text => view.dispatch({changes: {from: 0, to: view.state.doc.length, insert: text}}),
    focus: () => view.focus(),
    jump: number => {
      const line = view.state.doc.line(Math.min(Math.max(number, 1), view.state.doc.lines))
      view.dispatch({effects: EditorView.scrollIntoView(line.from, {y: "start", yMargin: 12})})
    },
    line: number => {
      const line = view.state.doc.line(Math.min(Math.max(number, 1), view.state.doc.lines))
      view.dispatch({selection: {anchor: line.from}, effects: EditorView.scrollIntoView(line.from, {y: "center"})})
      view.focus()
    },
  }
}
