import { Button, makeStyles, MessageBar, MessageBarBody, Skeleton, SkeletonItem, tokens } from '@fluentui/react-components'
import { lazy, Suspense, useEffect, useMemo, useState, type ReactNode } from 'react'
import { refine, useRoute } from '../../app/route.ts'
import { useAnswer } from '../../app/service.tsx'
import { texts } from '../../texts.ts'
import type { Editor } from './CodeEditor.tsx'
import { TryOnGuest } from './TryOnGuest.tsx'
import type { Validation } from './useValidation.ts'

const useStyles = makeStyles({
  parts: { display: 'grid', gridTemplateColumns: 'minmax(0, 3fr) minmax(0, 2fr)', gridTemplateRows: 'minmax(0, 1fr)', gap: tokens.spacingHorizontalM, flexGrow: 1, minHeight: '420px', '@media (max-width: 1099px)': { gridTemplateColumns: 'minmax(0, 1fr)', gridTemplateRows: '440px minmax(320px, auto)', flexShrink: 0 } },
  pane: { display: 'flex', flexDirection: 'column', minWidth: 0, minHeight: 0, border: `1px solid ${tokens.colorNeutralStroke2}`, borderRadius: tokens.borderRadiusLarge, overflow: 'hidden', backgroundColor: tokens.colorNeutralBackground1 },
  editor: { flexGrow: 1, minHeight: 0 },
  loading: { padding: tokens.spacingHorizontalM },
  problems: { listStyleType: 'none', margin: 0, padding: tokens.spacingHorizontalS, maxHeight: '160px', overflowY: 'auto', flexShrink: 0, borderTop: `1px solid ${tokens.colorNeutralStroke2}` },
  status: { flexShrink: 0 },
  problem: { justifyContent: 'flex-start', textAlign: 'start', width: '100%', fontWeight: tokens.fontWeightRegular },
  path: { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2, overflowWrap: 'anywhere' },
})

// A third of the whole page's script, for one view of one screen.
const CodeEditor = lazy(async () => ({ default: (await import('./CodeEditor.tsx')).CodeEditor }))

type RulesTextProps = { readonly text: string; readonly validation: Validation; readonly onChange: (text: string) => void }

/** The rules as they stand in the file, what is wrong with them at its place, and what they give on a guest while somebody types. */
export function RulesText({ text, validation, onChange }: RulesTextProps): ReactNode {
  const styles = useStyles()
  const at = useRoute((state) => state.route.parameters['at'])
  const [editor, setEditor] = useState<Editor | null>(null)
  const [rule, setRule] = useState<number | null>(null)
  const vocabulary = useAnswer('rules.vocabulary', {})
  const { outline, problems } = validation
  const known = vocabulary.status === 'ready' || vocabulary.status === 'refreshing' ? vocabulary.value : null
  const offered = useMemo(() => (known === null ? null : { vocabulary: known, metaverse: [...new Set((outline?.metaverse ?? []).map(({ name }) => name))] }), [known, outline])
  useEffect(() => {
    const [chosen, flow] = (at ?? '').split('.')
    if (chosen === undefined || chosen === '' || editor === null) return
    editor.selectRule(Number(chosen), flow === undefined ? null : Number(flow))
    refine({ at: null })
  }, [at, editor])
  return (
    <div className={styles.parts}>
      <div className={styles.pane}>
        <div className={styles.editor}><Suspense fallback={<Skeleton className={styles.loading} aria-label={texts.list.loading}><SkeletonItem size={64} /></Skeleton>}><CodeEditor ref={setEditor} label={texts.rules.editor} text={text} problems={problems} offered={offered} onChange={onChange} onRule={setRule} /></Suspense></div>
        {problems.length > 0 && (
          <ul className={styles.problems} aria-label={texts.rules.problems(problems.length)}>{problems.map((problem) => (
            <li key={`${problem.path} ${problem.from} ${problem.message}`}>
              <Button appearance="subtle" className={styles.problem} onClick={() => editor?.select(problem.from, problem.to)}><span><strong>✕ </strong>{problem.message} <span className={styles.path}>{problem.path}</span></span></Button>
            </li>
          ))}</ul>
        )}
        <MessageBar className={styles.status} intent={validation.status === 'invalid' ? 'error' : validation.status === 'valid' ? 'success' : 'info'} shape="square"><MessageBarBody role="status">{validation.status === 'invalid' ? texts.rules.problems(problems.length) : texts.rules.statuses[validation.status]}</MessageBarBody></MessageBar>
      </div>
      <TryOnGuest text={text} isValid={validation.status === 'valid'} rule={outline?.rules[rule ?? 0]?.name ?? null} />
    </div>
  )
}
