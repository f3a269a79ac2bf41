import { Badge, Combobox, Field, makeStyles, Option, Skeleton, SkeletonItem, Subtitle2, tokens } from '@fluentui/react-components'
import { useEffect, useMemo, useState, type ReactNode } from 'react'
import type { RuleTry } from '../../../../shared/api/rulesEditing.ts'
import { describeScope } from '../../../../shared/domain/describeStep.ts'
import { useAnswer } from '../../app/service.tsx'
import { useView } from '../../app/useView.ts'
import { texts } from '../../texts.ts'
import { asSentence } from '../../ui/asSentence.ts'
import { EvidenceTable } from '../../ui/EvidenceTable.tsx'
import { ProblemMessage } from '../../ui/ProblemMessage.tsx'
import { Values } from '../../ui/Values.tsx'
import { useDraft } from './draft.ts'

const offered = 10
const words = texts.rules.try

const useStyles = makeStyles({
  pane: { display: 'grid', alignContent: 'start', gridTemplateColumns: 'minmax(0, 1fr)', gap: tokens.spacingVerticalM, padding: tokens.spacingHorizontalM, overflowY: 'auto', minHeight: 0, border: `1px solid ${tokens.colorNeutralStroke2}`, borderRadius: tokens.borderRadiusLarge, backgroundColor: tokens.colorNeutralBackground1 },
  title: { margin: 0 },
  rule: { margin: 0, display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalS, fontFamily: tokens.fontFamilyMonospace },
  about: { margin: 0, color: tokens.colorNeutralForeground2 },
  list: { margin: 0, paddingLeft: tokens.spacingHorizontalL, fontSize: tokens.fontSizeBase200 },
  failed: { color: tokens.colorPaletteRedForeground1 },
})

type TryOnGuestProps = { readonly text: string; readonly isValid: boolean; /** The rule at the cursor. */ readonly rule: string | null }

/** What the rule at the cursor gives on a guest whom the person chose; nothing is stored. */
export function TryOnGuest({ text, isValid, rule }: TryOnGuestProps): ReactNode {
  const styles = useStyles()
  const guest = useDraft((state) => state.guest)
  // A text that is wrong has no results: those of the last sound one stay, and the line below the editor says why.
  const [sound, setSound] = useState<string | null>(null)
  useEffect(() => { if (isValid) setSound(text) }, [isValid, text])
  return (
    <section className={styles.pane} aria-label={words.title}>
      <Subtitle2 as="h2" className={styles.title}>{words.title}</Subtitle2>
      <GuestChoice chosen={guest} />
      {guest === null ? <p className={styles.about}>{words.choose}</p> : sound === null ? <p className={styles.about}>{words.notSound}</p> : <Results key={guest} text={sound} guest={guest} rule={rule} />}
    </section>
  )
}

function GuestChoice({ chosen }: { readonly chosen: string | null }): ReactNode {
  const [typed, setTyped] = useState(chosen ?? '')
  const request = useMemo(() => ({ text: typed === chosen ? '' : typed, facets: {}, sort: null }), [typed, chosen])
  const view = useView('guests', request)
  const { opened, onVisible } = view
  useEffect(() => onVisible(0, offered - 1), [opened, onVisible])
  const rows = Array.from({ length: Math.min(offered, opened?.total ?? 0) }, (_, index) => view.rowAt(index)).filter((row) => row !== undefined)
  return (
    <>
      <Field label={words.guest} hint={opened?.total === 0 && typed !== '' ? words.nobody : words.hint}>
        <Combobox freeform value={typed} selectedOptions={chosen === null ? [] : [chosen]} onChange={(event) => setTyped(event.target.value)}
          onOptionSelect={(_event, { optionValue, optionText }) => { setTyped(optionText ?? ''); useDraft.setState({ guest: optionValue ?? null }) }}>
          {rows.map((row) => { const name = row.displayName ?? row.userPrincipalName ?? row.id; return <Option key={row.id} value={row.id} text={name}>{[name, row.company].filter((part) => part !== null).join(' · ')}</Option> })}
        </Combobox>
      </Field>
      {view.problem !== null && <ProblemMessage problem={view.problem} />}
    </>
  )
}

function Results({ text, guest, rule }: { readonly text: string; readonly guest: string; readonly rule: string | null }): ReactNode {
  const tried = useAnswer('rules.try', { text, on: guest })
  if (tried.status === 'loading') return <Skeleton aria-label={texts.list.loading}><SkeletonItem size={64} /></Skeleton>
  if (tried.status === 'failed') return <ProblemMessage problem={tried.problem} />
  const shown = tried.value.find((one) => one.rule === rule) ?? tried.value[0]
  return shown === undefined ? null : <RuleResult tried={shown} />
}

function RuleResult({ tried: { rule, test, why } }: { readonly tried: RuleTry }): ReactNode {
  const styles = useStyles()
  const scope = test?.scope?.scope ?? null
  return (
    <>
      <h3 className={styles.rule}>{rule}{scope !== null && <Badge appearance="tint" color={scope.isInScope ? 'success' : 'warning'}>{scope.isInScope ? words.inScope : words.notInScope}</Badge>}</h3>
      {why !== null && <p className={styles.about}>{why}</p>}
      {scope !== null && !scope.isInScope && <ul className={styles.list}>{describeScope(scope).map(({ mark, text }) => <li key={text}>{mark === 'holds' ? '✓ ' : mark === 'fails' ? '✕ ' : ''}{asSentence(text)}</li>)}</ul>}
      {test !== null && (
        <EvidenceTable label={words.results(rule)} headings={[words.target, words.gives, words.reads]} monospaced={[0, 1, 2]}
          rows={test.results.map(({ to, source, inputs, result }, index) => ({
            key: `${index} ${to ?? ''}`,
            cells: [to ?? '', result.kind === 'values' ? <Values values={result.values} /> : <span className={styles.failed}>✕ {result.message}</span>,
              Object.entries(inputs).length === 0 ? source : Object.entries(inputs).map(([name, values]) => <div key={name}>{name} = {values.length === 0 ? '∅' : <bdi>{values.map(String).join(' | ')}</bdi>}</div>)],
          }))} />
      )}
    </>
  )
}
