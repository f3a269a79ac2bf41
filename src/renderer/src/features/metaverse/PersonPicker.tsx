import { Field, Input, makeStyles, Radio, RadioGroup, tokens } from '@fluentui/react-components'
import { useEffect, useMemo, useState, type ReactNode } from 'react'
import { useView } from '../../app/useView.ts'
import { texts } from '../../texts.ts'
import { ProblemMessage } from '../../ui/ProblemMessage.tsx'

/** So many are offered; who is not among them is found by typing more. */
const offered = 8

const useStyles = makeStyles({
  results: { maxHeight: '220px', overflowY: 'auto' },
  upn: { display: 'block', fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2, overflowWrap: 'anywhere' },
})

/** A person of the metaverse, found by typing and then chosen. */
export function PersonPicker({ chosen, onChoose }: { readonly chosen: string | null; readonly onChoose: (id: string | null) => void }): ReactNode {
  const styles = useStyles()
  const [typed, setTyped] = useState('')
  const request = useMemo(() => ({ text: typed, facets: {}, sort: { column: 'displayName', direction: 'ascending' as const } }), [typed])
  const view = useView('persons', request)
  const { opened, onVisible } = view
  useEffect(() => onVisible(0, offered - 1), [opened, onVisible])
  const rows = Array.from({ length: Math.min(offered, opened?.total ?? 0) }, (_, index) => view.rowAt(index)).filter((row) => row !== undefined)
  return (
    <>
      <Field label={texts.metaverse.choosePerson} hint={texts.metaverse.choosePersonHint} required>
        <Input value={typed} onChange={(_event, data) => { setTyped(data.value); onChoose(null) }} />
      </Field>
      {view.problem !== null && <ProblemMessage problem={view.problem} />}
      {view.status === 'ready' && opened?.total === 0 && <span role="status">{texts.metaverse.noPersonFound}</span>}
      <RadioGroup className={styles.results} value={chosen ?? ''} onChange={(_event, data) => onChoose(data.value)} aria-label={texts.metaverse.choosePerson}>
        {rows.map((row) => (
          <Radio key={row.metaverseId} value={row.metaverseId}
            label={<><bdi>{[row.displayName ?? row.metaverseId, row.company].filter((part) => part !== null).join(' · ')}</bdi><bdi className={styles.upn}>{row.userPrincipalName ?? texts.table.noValue}</bdi></>} />
        ))}
      </RadioGroup>
    </>
  )
}
