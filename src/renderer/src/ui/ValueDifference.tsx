import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import type { Value } from '../../../shared/domain/attributes.ts'
import { compareTexts, type Part } from './textDifference.ts'

const useStyles = makeStyles({
  value: { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200, wordBreak: 'break-word', whiteSpace: 'pre-wrap' },
  before: { color: tokens.colorNeutralForeground3, textDecorationLine: 'line-through' },
  removed: { backgroundColor: tokens.colorPaletteRedBackground2, color: tokens.colorPaletteRedForeground2, textDecorationLine: 'line-through' },
  added: { backgroundColor: tokens.colorPaletteGreenBackground2, color: tokens.colorPaletteGreenForeground2, textDecorationLine: 'underline' },
  none: { color: tokens.colorNeutralForeground3 },
})

/** One side of a difference; only what changed inside of the value is marked. Values may be in any direction of writing. */
export function ValueSide({ side, before, after }: { readonly side: 'before' | 'after'; readonly before: readonly Value[]; readonly after: readonly Value[] }): ReactNode {
  const styles = useStyles()
  const [left, right] = [before.map(String).join(' | '), after.map(String).join(' | ')]
  const text = side === 'before' ? left : right
  if (text === '') return <span className={styles.none} aria-label="no value">∅</span>
  const parts = compareTexts(left, right)[side]
  const mark = side === 'before' ? styles.removed : styles.added
  const Tag = side === 'before' ? 'del' : 'ins'
  const draw = (part: Part, index: number): ReactNode => (part.isChanged ? <Tag key={index} className={mark}>{part.text}</Tag> : <span key={index}>{part.text}</span>)
  return <bdi className={mergeClasses(styles.value, side === 'before' && styles.before)}>{parts.map(draw)}</bdi>
}
