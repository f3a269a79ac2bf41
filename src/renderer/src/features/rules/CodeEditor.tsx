import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { json } from '@codemirror/lang-json'
import { bracketMatching, foldGutter, foldKeymap, indentOnInput } from '@codemirror/language'
import { lintGutter, lintKeymap, setDiagnostics } from '@codemirror/lint'
import { EditorState, type Extension } from '@codemirror/state'
import { drawSelection, EditorView, highlightActiveLine, highlightActiveLineGutter, keymap, lineNumbers } from '@codemirror/view'
import { makeStyles } from '@fluentui/react-components'
import { useEffect, useImperativeHandle, useRef, type ReactNode, type Ref } from 'react'
import type { RulesTextProblem } from '../../../../shared/api/rulesEditing.ts'
import { completeRules, type Offered } from './completeRules.ts'
import { editorTheme, jsonColours } from './editorLook.ts'
import { placeAt, rangeOf } from './jsonPlaces.ts'

export type Editor = { readonly select: (from: number, to: number) => void; readonly selectRule: (rule: number, flow: number | null) => void }

type CodeEditorProps = {
  readonly ref: Ref<Editor>
  readonly label: string
  readonly text: string
  readonly problems: readonly RulesTextProblem[]
  readonly offered: Offered | null
  readonly onChange: (text: string) => void
  /** In which rule the cursor stands. */
  readonly onRule: (rule: number | null) => void
}

const useStyles = makeStyles({ editor: { height: '100%', minHeight: 0, overflow: 'hidden' } })

/** The rules as text. Tab leaves the editor, as it leaves every field. */
export function CodeEditor({ ref, label, text, problems, offered, onChange, onRule }: CodeEditorProps): ReactNode {
  const styles = useStyles()
  const place = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView | null>(null)
  const latest = useRef({ offered, onChange, onRule })
  latest.current = { offered, onChange, onRule }

  useEffect(() => {
    if (place.current === null) return
    const made = new EditorView({ parent: place.current, state: EditorState.create({ doc: text, extensions: [extensionsOf(label), connectTo(latest)] }) })
    view.current = made
    return () => {
      view.current = null
      made.destroy()
    }
    // The text goes in below; another editor would lose the cursor and what can be undone.
  }, [label])
  useEffect(() => {
    const made = view.current
    if (made !== null && made.state.doc.toString() !== text) made.dispatch({ changes: { from: 0, to: made.state.doc.length, insert: text } })
  }, [text])
  useEffect(() => {
    const made = view.current
    if (made === null) return
    const end = made.state.doc.length
    made.dispatch(setDiagnostics(made.state, problems.map(({ from, to, message }) => ({ from: Math.min(from, end), to: Math.min(Math.max(from, to), end), severity: 'error' as const, message }))))
  }, [problems])
  useImperativeHandle(ref, () => ({
    select: (from, to) => select(view.current, from, to),
    selectRule: (rule, flow) => {
      const range = view.current === null ? null : rangeOf(view.current.state, rule, flow)
      if (range !== null) select(view.current, range.from, range.to)
    },
  }), [])
  return <div ref={place} className={styles.editor} />
}

type Latest = { readonly current: Pick<CodeEditorProps, 'offered' | 'onChange' | 'onRule'> }

/** The editor lives longer than one rendering: it asks for what is current. */
function connectTo(latest: Latest): Extension {
  return [
    autocompletion({ override: [(context) => (latest.current.offered === null ? null : completeRules(context, latest.current.offered))], icons: false }),
    EditorView.updateListener.of((update) => {
      if (update.docChanged) latest.current.onChange(update.state.doc.toString())
      if (update.docChanged || update.selectionSet) latest.current.onRule(placeAt(update.state, update.state.selection.main.head).rule)
    }),
  ]
}

function extensionsOf(label: string): Extension {
  // Chromium refuses styles without the nonce of the page's policy.
  const nonce = document.querySelector<HTMLMetaElement>('meta[name="guestbridge-nonce"]')?.content ?? ''
  return [
    EditorView.cspNonce.of(nonce), EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }), EditorView.lineWrapping,
    lineNumbers(), foldGutter(), lintGutter(), highlightActiveLine(), highlightActiveLineGutter(), drawSelection(), history(), indentOnInput(), bracketMatching(), closeBrackets(),
    json(), jsonColours, editorTheme,
    keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...historyKeymap, ...foldKeymap, ...completionKeymap, ...lintKeymap]),
  ]
}

function select(view: EditorView | null, from: number, to: number): void {
  if (view === null) return
  const end = view.state.doc.length
  const [anchor, head] = [Math.min(from, end), Math.min(to, end)]
  view.dispatch({ selection: { anchor, head }, effects: EditorView.scrollIntoView(anchor, { y: 'center' }) })
  view.focus()
}
