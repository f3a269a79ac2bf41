import { Button, Field, Input, makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { useId, useState, type ReactNode } from 'react'
import type { PrincipalFacts } from '../../../../shared/domain/delegation.ts'
import { describeSpnProblem, parseSpn, spnKey } from '../../../../shared/domain/spn.ts'
import { delegationTexts } from '../../texts/delegation.ts'
import type { Wish } from './wishes.ts'

const useStyles = makeStyles({
  part: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: tokens.spacingVerticalXS },
  title: { fontWeight: tokens.fontWeightSemibold },
  list: { listStyle: 'none', margin: 0, padding: 0 },
  entry: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalS, minHeight: '34px', borderBottom: `1px solid ${tokens.colorNeutralStroke2}` },
  spn: { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200, overflowWrap: 'anywhere', flexGrow: 1, minWidth: 0 },
  removed: { textDecorationLine: 'line-through', color: tokens.colorPaletteRedForeground1 },
  added: { color: tokens.colorPaletteGreenForeground1 },
  word: { fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2 },
  add: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS, alignItems: 'start' },
  field: { flexGrow: 1, minWidth: 0 },
  button: { marginTop: '26px' },
})

type ServiceListFieldProps = {
  readonly account: PrincipalFacts
  readonly wishes: readonly Wish[]
  readonly offered: readonly string[]
  readonly onWant: (wish: Wish) => void
  readonly onDrop: (wish: Wish) => void
}

/** msDS-AllowedToDelegateTo as a list: what is in it, what will go and what will come. */
export function ServiceListField({ account, wishes, offered, onWant, onDrop }: ServiceListFieldProps): ReactNode {
  const styles = useStyles()
  const heading = useId()
  const words = delegationTexts.form
  const { anchor, allowedToDelegateTo: list } = account
  const spnsOf = (kind: 'allowService' | 'disallowService'): readonly string[] => wishes.flatMap((wish) => (wish.kind === kind ? [wish.spn] : []))
  const [added, removed] = [spnsOf('allowService'), spnsOf('disallowService')]
  return (
    <div className={styles.part} role="group" aria-labelledby={heading}>
      <span id={heading} className={styles.title}>{words.list}</span>
      {list.length + added.length === 0 && <span className={styles.word}>{words.emptyList}</span>}
      <ul className={styles.list}>
        {list.map((spn) => {
          const isRemoved = removed.some((other) => spnKey(other) === spnKey(spn))
          const wish = { kind: 'disallowService', account: anchor, spn } as const
          return (
            <li key={spn} className={styles.entry}>
              {isRemoved ? <del className={mergeClasses(styles.spn, styles.removed)}><bdi>{spn}</bdi></del> : <bdi className={styles.spn}>{spn}</bdi>}
              {isRemoved && <span className={styles.word}>{words.removed}</span>}
              <Button size="small" aria-label={isRemoved ? words.keep(spn) : words.remove(spn)} onClick={() => (isRemoved ? onDrop(wish) : onWant(wish))}>{isRemoved ? words.keepButton : words.removeButton}</Button>
            </li>
          )
        })}
        {added.map((spn) => (
          <li key={spn} className={styles.entry}>
            <ins className={mergeClasses(styles.spn, styles.added)}><bdi>{spn}</bdi></ins><span className={styles.word}>{words.added}</span>
            <Button size="small" aria-label={words.takeBack(spn)} onClick={() => onDrop({ kind: 'allowService', account: anchor, spn })}>{words.takeBackButton}</Button>
          </li>
        ))}
      </ul>
      <NewService present={[...list, ...added]} offered={offered} onAdd={(spn) => onWant({ kind: 'allowService', account: anchor, spn })} />
    </div>
  )
}

function NewService({ present, offered, onAdd }: { readonly present: readonly string[]; readonly offered: readonly string[]; readonly onAdd: (spn: string) => void }): ReactNode {
  const styles = useStyles()
  const suggestions = useId()
  const [typed, setTyped] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const words = delegationTexts.form
  const has = (spn: string): boolean => present.some((other) => spnKey(other) === spnKey(spn))
  const add = (): void => {
    const spn = typed.trim()
    const parsed = parseSpn(spn)
    if (!parsed.ok) return setProblem(words.badSpn(describeSpnProblem(parsed.problem)))
    if (has(spn)) return setProblem(words.isThere)
    setTyped('')
    setProblem(null)
    onAdd(spn)
  }
  return (
    <form className={styles.add} onSubmit={(event) => { event.preventDefault(); add() }}>
      <Field className={styles.field} label={words.newSpn} {...(problem === null ? { hint: words.newSpnHint } : { validationMessage: problem, validationState: 'error' as const })}>
        <Input value={typed} onChange={(_event, data) => { setTyped(data.value); setProblem(null) }} input={{ list: suggestions, spellCheck: false, autoComplete: 'off' }} />
      </Field>
      <datalist id={suggestions}>{offered.filter((spn) => !has(spn)).map((spn) => <option key={spn} value={spn} />)}</datalist>
      <Button className={styles.button} type="submit">{words.add}</Button>
    </form>
  )
}
