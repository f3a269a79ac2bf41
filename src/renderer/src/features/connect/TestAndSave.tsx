import { Button, Field, Input, makeStyles, MessageBar, MessageBarBody, tokens } from '@fluentui/react-components'
import { useState, type ReactNode } from 'react'
import type { Saved, TestStep } from '../../../../shared/api/connectCalls.ts'
import { useJobs } from '../../app/jobs.ts'
import { useQueryRequest } from '../../app/useRequest.ts'
import { connectTexts } from '../../texts/connect.ts'
import { ProblemMessage } from '../../ui/ProblemMessage.tsx'
import { connectionInput, connectSteps, findMissing, startAnew, useConnectDraft } from './connectDraft.ts'
import { useMissingTrust } from './controllerTrust.ts'
import { SavedConnection } from './SavedConnection.tsx'
import { TestSteps } from './TestSteps.tsx'

const words = connectTexts.test

const useStyles = makeStyles({
  text: { margin: 0, color: tokens.colorNeutralForeground2 },
  begin: { justifySelf: 'start' },
  form: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: tokens.spacingVerticalM },
})

/** `open`: the connections of this workspace change; `new`: they get a workspace of their own. */
export function TestAndSave({ target }: { readonly target: 'open' | 'new' }): ReactNode {
  const styles = useStyles()
  const draft = useConnectDraft()
  const testing = useQueryRequest('connect.test')
  const [tested, setTested] = useState<readonly TestStep[] | null>(null)
  const [saved, setSaved] = useState<Saved | null>(null)
  const missing = [...connectSteps.flatMap((step) => findMissing(step, draft)), ...useMissingTrust(draft)]
  const test = async (): Promise<void> => {
    setTested(null)
    const answer = await testing.send(connectionInput(draft))
    if (answer.ok) setTested(answer.value.steps)
  }
  if (saved !== null) return <SavedConnection saved={saved} target={target} />
  return (
    <>
      <p className={styles.text}>{words.about}</p>
      {missing.length > 0 && <MessageBar intent="warning"><MessageBarBody>{connectTexts.missing(missing.join(', '))}</MessageBarBody></MessageBar>}
      <Button className={styles.begin} appearance={tested === null ? 'primary' : 'secondary'} disabledFocusable={missing.length > 0 || testing.isBusy} onClick={() => void test()}>{testing.isBusy ? words.running : tested === null ? words.run : words.again}</Button>
      {testing.problem !== null && <ProblemMessage problem={testing.problem} onDismiss={testing.dismiss} />}
      {tested !== null && <TestSteps steps={tested} />}
      <SaveForm target={target} tested={tested} onSaved={setSaved} />
    </>
  )
}

function SaveForm({ target, tested, onSaved }: { readonly target: 'open' | 'new'; readonly tested: readonly TestStep[] | null; readonly onSaved: (saved: Saved) => void }): ReactNode {
  const styles = useStyles()
  const draft = useConnectDraft()
  const saving = useQueryRequest('connect.save')
  const isBusy = useJobs((state) => state.jobs.some((job) => job.endedAt === null)) || saving.isBusy
  const [folder, setFolder] = useState('')
  const [name, setName] = useState('')
  const [note, setNote] = useState('')
  const isNamed = target === 'open' || (folder.trim() !== '' && name.trim() !== '')
  const isReady = tested !== null && isNamed && note.trim() !== '' && !isBusy
  const save = async (): Promise<void> => {
    const answer = await saving.send({ ...connectionInput(draft), note: note.trim(), target: target === 'open' ? { kind: 'open' } : { kind: 'new', folder: folder.trim(), name: name.trim() } })
    if (!answer.ok) return
    onSaved(answer.value)
    // The service has forgotten the draft, and the screens show what is saved now.
    startAnew()
    useJobs.setState((state) => ({ version: state.version + 1 }))
  }
  return (
    <form className={styles.form} onSubmit={(event) => { event.preventDefault(); if (isReady) void save() }}>
      <p className={styles.text}>{target === 'open' ? words.replaces : words.keepsLab}</p>
      {target === 'new' && <Field label={words.folder} hint={words.folderHint} required><Input value={folder} maxLength={4000} onChange={(_event, data) => setFolder(data.value)} /></Field>}
      {target === 'new' && <Field label={words.name} required><Input value={name} maxLength={200} onChange={(_event, data) => setName(data.value)} /></Field>}
      <Field label={words.note} required><Input value={note} maxLength={1000} onChange={(_event, data) => setNote(data.value)} /></Field>
      {tested === null && <p className={styles.text}>{words.untested}</p>}
      {tested?.some(({ outcome }) => outcome === 'failed') === true && <p className={styles.text} role="status">{words.unsound}</p>}
      {saving.problem !== null && <ProblemMessage problem={saving.problem} onDismiss={saving.dismiss} />}
      <Button className={styles.begin} appearance="primary" type="submit" disabledFocusable={!isReady}>{saving.isBusy ? words.saving : words.save}</Button>
    </form>
  )
}
