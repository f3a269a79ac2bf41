import { Button } from '@fluentui/react-components'
import { ArrowDownloadRegular } from '@fluentui/react-icons'
import { useState, type ReactNode } from 'react'
import type { Problem } from '../../../../shared/domain/problem.ts'
import { ofError, useClient } from '../../app/service.tsx'
import { texts } from '../../texts.ts'
import { downloadText } from '../../ui/download.ts'
import { ProblemMessage } from '../../ui/ProblemMessage.tsx'

/** Hands over the trail line for line as it stands in its file, so that its chain can be verified elsewhere. */
export function ExportTrailButton({ isDisabled }: { readonly isDisabled: boolean }): ReactNode {
  const client = useClient()
  const [problem, setProblem] = useState<Problem | null>(null)
  const [isDone, setDone] = useState(false)
  const hand = async (): Promise<void> => {
    setProblem(null)
    const trail = await client.call('audit.read', {})
    if (!trail.ok) return setProblem(trail.problem)
    downloadText(trail.value.fileName, 'application/jsonl', trail.value.text)
    setDone(true)
  }
  return (
    <>
      <span role="status">{isDone ? texts.audit.exported : ''}</span>
      <Button icon={<ArrowDownloadRegular />} disabled={isDisabled} onClick={() => void hand().catch((error: unknown) => setProblem(ofError(error)))}>{texts.audit.export}</Button>
      {problem !== null && <ProblemMessage problem={problem} onDismiss={() => setProblem(null)} />}
    </>
  )
}
