import { Button, Field, Input, makeStyles } from '@fluentui/react-components'
import { useState, type ReactNode } from 'react'
import type { Problem } from '../../../shared/domain/problem.ts'
import { changeDrafts } from '../app/keepDrafts.ts'
import { useClient } from '../app/service.tsx'
import { texts } from '../texts.ts'
import { useBesideField } from './besideField.ts'
import { ProblemMessage } from './ProblemMessage.tsx'

const useStyles = makeStyles({ field: { flex: '1 1 320px', maxWidth: '640px' } })

/** Another workspace in this window: the page begins anew on it. `known`: a folder that was just made. */
export function OpenWorkspace({ known = '' }: { readonly known?: string }): ReactNode {
  const styles = useStyles()
  const beside = useBesideField()
  const client = useClient()
  const words = texts.settings.workspace
  const [folder, setFolder] = useState(known)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [isBusy, setBusy] = useState(false)
  const open = async (): Promise<void> => {
    setBusy(true)
    setProblem(null)
    // Fails where no workspace is open.
    const former = await client.call('workspace.describe', {})
    const opened = await client.openWorkspace(folder)
    if (!opened.ok) {
      setBusy(false)
      return setProblem(opened.problem)
    }
    changeDrafts(former.ok ? former.value.folder : null, opened.value.folder)
    location.hash = '#/overview'
    location.reload()
  }
  return (
    <>
      <form className={beside.line} onSubmit={(event) => { event.preventDefault(); void open() }}>
        <Field label={words.switch} hint={words.switchHint} className={styles.field}>
          <Input value={folder} onChange={(_event, { value }) => setFolder(value)} />
        </Field>
        <Button type="submit" disabled={isBusy || folder.trim() === ''} className={beside.button}>{words.open}</Button>
      </form>
      {problem !== null && <ProblemMessage problem={problem} />}
    </>
  )
}
