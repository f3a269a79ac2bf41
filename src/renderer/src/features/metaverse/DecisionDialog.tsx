import { Button, Dialog, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle, DialogTrigger, Field, makeStyles, Textarea, tokens } from '@fluentui/react-components'
import { useState, type ReactNode } from 'react'
import type { Problem } from '../../../../shared/domain/problem.ts'
import { startJob } from '../../app/jobs.ts'
import { useClient } from '../../app/service.tsx'
import { texts } from '../../texts.ts'
import { ProblemMessage } from '../../ui/ProblemMessage.tsx'
import { useReturnFocus } from '../../ui/useReturnFocus.ts'
import { PersonPicker } from './PersonPicker.tsx'

export type DecisionKind = 'join' | 'disconnect' | 'leaveAlone'

const useStyles = makeStyles({ content: { display: 'grid', gap: tokens.spacingVerticalM } })

const words = {
  join: { title: texts.metaverse.joinTitle, what: texts.metaverse.joinWhat, confirm: texts.metaverse.joinDo },
  disconnect: { title: texts.metaverse.disconnectTitle, what: texts.metaverse.disconnectWhat, confirm: texts.metaverse.disconnectDo },
  leaveAlone: { title: texts.metaverse.leaveAloneTitle, what: texts.metaverse.leaveAloneWhat, confirm: texts.metaverse.leaveAloneDo },
} as const

type DecisionFormProps = { readonly kind: DecisionKind; readonly account: string; readonly name: string; readonly onClose: () => void }

/** A decision about an account is kept with its note and comes before every join criterion, so it is confirmed in words. */
export function DecisionDialog({ isOpen, ...form }: DecisionFormProps & { readonly isOpen: boolean }): ReactNode {
  return (
    <Dialog open={isOpen} onOpenChange={(_event, data) => { if (!data.open) form.onClose() }}>
      <DialogSurface><DecisionForm {...form} /></DialogSurface>
    </Dialog>
  )
}

function DecisionForm({ kind, account, name, onClose }: DecisionFormProps): ReactNode {
  const styles = useStyles()
  const client = useClient()
  useReturnFocus()
  const [note, setNote] = useState('')
  const [person, setPerson] = useState<string | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const isReady = note.trim() !== '' && (kind !== 'join' || person !== null)
  const decide = async (): Promise<void> => {
    const result = await (kind === 'join' ? startJob(client, 'decisions.join', { account, person, note: note.trim() }) : startJob(client, `decisions.${kind}`, { account, note: note.trim() }))
    if (result.ok) onClose()
    else setProblem(result.problem)
  }
  return (
    <DialogBody>
      <DialogTitle>{words[kind].title(name)}</DialogTitle>
      <DialogContent className={styles.content}>
        <span>{words[kind].what}</span>
        {kind === 'join' && <PersonPicker chosen={person} onChoose={setPerson} />}
        <Field label={texts.metaverse.note} required><Textarea value={note} onChange={(_event, data) => setNote(data.value)} /></Field>
        {problem !== null && <ProblemMessage problem={problem} />}
      </DialogContent>
      <DialogActions>
        <DialogTrigger disableButtonEnhancement><Button>{texts.metaverse.notNow}</Button></DialogTrigger>
        <Button appearance="primary" disabled={!isReady} onClick={() => void decide()}>{words[kind].confirm}</Button>
      </DialogActions>
    </DialogBody>
  )
}
