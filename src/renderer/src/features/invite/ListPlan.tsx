import { Button, Dialog, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle, DialogTrigger, makeStyles, tokens } from '@fluentui/react-components'
import { useState, type ReactNode } from 'react'
import type { JudgedList } from '../../../../shared/api/invitationCalls.ts'
import type { InvitationRow } from '../../../../shared/domain/invitation.ts'
import { useJobs } from '../../app/jobs.ts'
import { inviteTexts } from '../../texts/invite.ts'
import { EvidenceTable } from '../../ui/EvidenceTable.tsx'

const words = inviteTexts.csv
const fates = ['new', 'isGuest', 'invitedBefore', 'isMember', 'ambiguous', 'unknown'] as const satisfies readonly InvitationRow['fate']['kind'][]
const shownRows = 300

const useStyles = makeStyles({
  text: { margin: 0 },
  hash: { margin: 0, fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200, overflowWrap: 'anywhere', color: tokens.colorNeutralForeground2 },
  approve: { justifySelf: 'start' },
})

type ListPlanProps = { readonly list: Extract<JudgedList, { kind: 'list' }>; readonly isSending: boolean; readonly onApprove: (hash: string) => void }

/** Counts first, then each line with what becomes of it; the approval names the hash of who would be invited. */
export function ListPlan({ list: { rows, counts, hash }, isSending, onApprove }: ListPlanProps): ReactNode {
  const styles = useStyles()
  const parts = fates.flatMap((kind) => (counts[kind] === 0 ? [] : [words.part(counts[kind], words.fates[kind])]))
  const shown = rows.slice(0, shownRows).map(({ line, invitation, fate }) => ({ key: String(line), cells: [line, invitation.mail, invitation.displayName ?? '', describeFate(fate)] }))
  return (
    <>
      <p className={styles.text} role="status">{words.counts(parts)}</p>
      {counts.new === 0 ? <p className={styles.text}>{words.nothing}</p> : <div className={styles.approve}><Approval count={counts.new} hash={hash} isSending={isSending} onApprove={onApprove} /></div>}
      <EvidenceTable label={words.rows} headings={[words.row.line, words.row.mail, words.row.name, words.row.fate]} rows={shown} monospaced={[1]} />
      {rows.length > shownRows && <span>{words.more(rows.length - shownRows)}</span>}
    </>
  )
}

function describeFate(fate: InvitationRow['fate']): string {
  const word = words.fates[fate.kind]
  switch (fate.kind) {
    case 'isGuest': return `${word}: ${fate.guest.userPrincipalName}`
    case 'isMember': return `${word}: ${fate.member.userPrincipalName}`
    case 'ambiguous': return `${word}: ${fate.users.map(({ userPrincipalName }) => userPrincipalName).join(', ')}`
    case 'unknown': return `${word}: ${fate.why}`
    case 'new':
    case 'invitedBefore': return word
  }
}

function Approval({ count, hash, isSending, onApprove }: { readonly count: number; readonly hash: string; readonly isSending: boolean; readonly onApprove: (hash: string) => void }): ReactNode {
  const styles = useStyles()
  const isBusy = useJobs((state) => state.jobs.some((job) => job.endedAt === null))
  const [isOpen, setOpen] = useState(false)
  return (
    <Dialog open={isOpen} onOpenChange={(_event, data) => setOpen(data.open)}>
      <DialogTrigger disableButtonEnhancement><Button appearance="primary" disabledFocusable={isBusy}>{isSending ? inviteTexts.sending : words.approve(count)}</Button></DialogTrigger>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{words.approveTitle}</DialogTitle>
          <DialogContent><p className={styles.text}>{words.sentence(count)}</p><p className={styles.hash}>{words.hash(hash)}</p></DialogContent>
          <DialogActions>
            <DialogTrigger disableButtonEnhancement><Button>{words.notNow}</Button></DialogTrigger>
            <Button appearance="primary" onClick={() => { setOpen(false); onApprove(hash) }}>{words.now(count)}</Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  )
}
