import { Button, Field, Input, makeStyles, tokens } from '@fluentui/react-components'
import { ChevronDownRegular, ChevronRightRegular } from '@fluentui/react-icons'
import { useState, type ReactNode } from 'react'
import type { DirectoryChild } from '../../../../shared/api/connectCalls.ts'
import { useAnswer } from '../../app/service.tsx'
import { valueOf } from '../../app/valueOf.ts'
import { connectTexts } from '../../texts/connect.ts'
import { ProblemMessage } from '../../ui/ProblemMessage.tsx'
import { change, controllersInput, findMissing, useConnectDraft } from './connectDraft.ts'

const words = connectTexts.ous

const useStyles = makeStyles({
  text: { margin: 0, color: tokens.colorNeutralForeground2 },
  list: { listStyleType: 'none', margin: 0, paddingLeft: tokens.spacingHorizontalL },
  line: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalS, padding: '2px 0' },
  name: { minWidth: '160px', overflowWrap: 'anywhere' },
  place: { display: 'inline-block', width: '32px' },
  mono: { fontFamily: tokens.fontFamilyMonospace },
})

/** Where the accounts are made, and where those of leavers go: chosen from the tree, or typed. */
export function OuStep(): ReactNode {
  const styles = useStyles()
  const draft = useConnectDraft()
  return (
    <>
      <p className={styles.text}>{words.about}</p>
      <Field label={words.guestOu} required><Input className={styles.mono} value={draft.guestOu} maxLength={2000} onChange={(_event, data) => change({ guestOu: data.value })} /></Field>
      <Field label={words.disabledOu} hint={words.disabledHint}><Input className={styles.mono} value={draft.disabledOu} maxLength={2000} onChange={(_event, data) => change({ disabledOu: data.value })} /></Field>
      {findMissing('controllers', draft).length === 0 && <section aria-label={words.tree}><Branch dn={null} /></section>}
    </>
  )
}

/** The OUs below one, read when it is opened. */
function Branch({ dn }: { readonly dn: string | null }): ReactNode {
  const styles = useStyles()
  const draft = useConnectDraft()
  const branch = useAnswer('connect.browse', { draft: draft.draft, ...controllersInput(draft), dn })
  const shown = valueOf(branch)
  if (branch.status === 'failed') return <ProblemMessage problem={branch.problem} />
  if (shown === null) return <p className={styles.text} role="status">{words.loading}</p>
  if (shown.children.length === 0) return <p className={styles.text}>{words.empty}</p>
  return <ul className={styles.list}>{shown.children.map((child) => <Node key={child.dn} child={child} />)}</ul>
}

function Node({ child: { dn, name, kind, users, isMore, hasChildren } }: { readonly child: DirectoryChild }): ReactNode {
  const styles = useStyles()
  const [isOpen, setOpen] = useState(false)
  const isOu = kind === 'organizationalUnit'
  return (
    <li>
      <div className={styles.line}>
        {hasChildren ? <Button size="small" appearance="subtle" icon={isOpen ? <ChevronDownRegular /> : <ChevronRightRegular />} aria-expanded={isOpen} aria-label={words.openOf(name)} onClick={() => setOpen(!isOpen)} /> : <span className={styles.place} />}
        <bdi className={styles.name} title={dn}>{name}</bdi>
        <span className={styles.text}>{words.users(users, isMore)}</span>
        {isOu && <Button size="small" aria-label={words.forGuestsOf(name)} onClick={() => change({ guestOu: dn })}>{words.forGuests}</Button>}
        {isOu && <Button size="small" aria-label={words.forLeaversOf(name)} onClick={() => change({ disabledOu: dn })}>{words.forLeavers}</Button>}
      </div>
      {isOpen && <Branch dn={dn} />}
    </li>
  )
}
