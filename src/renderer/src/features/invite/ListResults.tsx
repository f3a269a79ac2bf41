import { Button, makeStyles, MessageBar, MessageBarBody } from '@fluentui/react-components'
import { ArrowDownloadRegular } from '@fluentui/react-icons'
import { useEffect, useRef, type ReactNode } from 'react'
import type { InvitationOutputs } from '../../../../shared/api/invitationCalls.ts'
import type { InvitationResult } from '../../../../shared/domain/invitation.ts'
import { inviteTexts } from '../../texts/invite.ts'
import { downloadText } from '../../ui/download.ts'
import { EvidenceTable } from '../../ui/EvidenceTable.tsx'

const words = inviteTexts.csv
const kinds = ['invited', 'wasGuest', 'refused', 'unknown', 'notSent'] as const satisfies readonly InvitationResult['result'][]

const useStyles = makeStyles({ save: { justifySelf: 'start' } })

/** Counts, whoever was not invited with the reason, and the file with every line. */
export function ListResults({ sent: { results, csv } }: { readonly sent: InvitationOutputs['invitations.sendList'] }): ReactNode {
  const styles = useStyles()
  const message = useRef<HTMLDivElement>(null)
  // The button that sent the list has gone with its plan.
  useEffect(() => message.current?.focus(), [])
  const missing = results.filter(({ result }) => result !== 'invited' && result !== 'wasGuest')
  const parts = kinds.flatMap((kind) => { const count = results.filter(({ result }) => result === kind).length; return count === 0 ? [] : [words.part(count, words.results[kind])] })
  return (
    <>
      <div ref={message} tabIndex={-1}><MessageBar intent={missing.length === 0 ? 'success' : 'warning'}><MessageBarBody role="status">{words.counts(parts)}</MessageBarBody></MessageBar></div>
      <Button className={styles.save} icon={<ArrowDownloadRegular />} onClick={() => downloadText(words.file, 'text/csv;charset=utf-8', csv)}>{words.download}</Button>
      {missing.length > 0 && <EvidenceTable label={words.resultsTitle} headings={[words.row.line, words.row.mail, words.row.fate, words.why]} rows={missing.map(({ line, mail, result, text }) => ({ key: String(line), cells: [line, mail, words.results[result], text] }))} monospaced={[1]} />}
    </>
  )
}
