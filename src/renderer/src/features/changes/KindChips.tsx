import { makeStyles, ToggleButton, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import { changeKinds, type ChangeKind } from '../../../../shared/domain/change.ts'
import { texts } from '../../texts.ts'
import { iconOfKind, wordOfKind } from '../../ui/kinds.tsx'

const useStyles = makeStyles({ chips: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalXS, padding: `0 ${tokens.spacingHorizontalS} ${tokens.spacingVerticalS}` }, chip: { minWidth: 0, fontVariantNumeric: 'tabular-nums', fontWeight: tokens.fontWeightRegular } })

type KindChipsProps = { readonly counts: readonly { readonly value: string; readonly count: number }[]; readonly chosen: readonly string[]; readonly onChoose: (kinds: readonly string[]) => void }

/** The kinds of the plan at one press each, what harms most first. */
export function KindChips({ counts, chosen, onChoose }: KindChipsProps): ReactNode {
  const styles = useStyles()
  const countOf = (kind: ChangeKind): number => counts.find(({ value }) => value === kind)?.count ?? 0
  const kinds = changeKinds.filter((kind) => countOf(kind) > 0 || chosen.includes(kind))
  const toggle = (kind: ChangeKind): void => onChoose(chosen.includes(kind) ? chosen.filter((other) => other !== kind) : [...chosen, kind])
  return (
    <div className={styles.chips} role="group" aria-label={texts.review.kinds}>
      <ToggleButton size="small" shape="circular" className={styles.chip} checked={chosen.length === 0} onClick={() => onChoose([])}>{texts.review.all(kinds.reduce((sum, kind) => sum + countOf(kind), 0))}</ToggleButton>
      {kinds.map((kind) => <ToggleButton key={kind} size="small" shape="circular" className={styles.chip} icon={iconOfKind(kind)} checked={chosen.includes(kind)} onClick={() => toggle(kind)}>{texts.review.kind(wordOfKind(kind), countOf(kind))}</ToggleButton>)}
    </div>
  )
}
