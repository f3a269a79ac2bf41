import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { useMemo, type ReactNode } from 'react'
import { texts } from '../texts.ts'
import { compareLines, type DifferenceLine } from './lineDifference.ts'

const useStyles = makeStyles({
  text: { margin: 0, fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase300, border: `1px solid ${tokens.colorNeutralStroke2}`, borderRadius: tokens.borderRadiusMedium, backgroundColor: tokens.colorNeutralBackground1, overflow: 'auto', maxHeight: '420px' },
  line: { display: 'block', padding: `0 ${tokens.spacingHorizontalS}`, whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', textDecorationLine: 'none', color: tokens.colorNeutralForeground1 },
  removed: { backgroundColor: tokens.colorPaletteRedBackground1, color: tokens.colorPaletteRedForeground1 },
  added: { backgroundColor: tokens.colorPaletteGreenBackground1, color: tokens.colorPaletteGreenForeground1 },
  folded: { display: 'block', padding: `2px ${tokens.spacingHorizontalS}`, color: tokens.colorNeutralForeground2, backgroundColor: tokens.colorNeutralBackground3 },
})

const signs = { same: '  ', removed: '− ', added: '+ ' } as const

/** A text before and after a change, line by line; what stays the same is folded. */
export function LineDifference({ label, before, after }: { readonly label: string; readonly before: string; readonly after: string }): ReactNode {
  const styles = useStyles()
  const parts = useMemo(() => compareLines(before, after), [before, after])
  return (
    <div className={styles.text} role="group" aria-label={label} tabIndex={0}>
      {parts.map((part, index) => (part.kind === 'folded'
        ? <span key={index} className={styles.folded}>{texts.difference.folded(part.count)}</span>
        : part.lines.map((line, at) => <Line key={`${index}-${at}`} line={line} />)))}
    </div>
  )
}

function Line({ line: { kind, text } }: { readonly line: DifferenceLine }): ReactNode {
  const styles = useStyles()
  const Tag = kind === 'removed' ? 'del' : kind === 'added' ? 'ins' : 'span'
  return <Tag className={mergeClasses(styles.line, kind === 'removed' && styles.removed, kind === 'added' && styles.added)}><span aria-hidden>{signs[kind]}</span>{text === '' ? ' ' : text}</Tag>
}
