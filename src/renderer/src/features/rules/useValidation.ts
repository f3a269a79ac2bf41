import { useEffect, useState } from 'react'
import type { RulesOutline, RulesTextProblem } from '../../../../shared/api/rulesEditing.ts'
import type { Problem } from '../../../../shared/domain/problem.ts'
import { useJobs } from '../../app/jobs.ts'
import { ofError, useClient } from '../../app/service.tsx'
import { useDebounced } from '../../ui/useDebounced.ts'

export type Validation = {
  /** `checking`: the service has not answered for this text yet. */
  readonly status: 'checking' | 'valid' | 'invalid'
  readonly problems: readonly RulesTextProblem[]
  /** Of this text, or of the last one that was sound. */
  readonly outline: RulesOutline | null
  readonly failure: Problem | null
}

type Checked = Omit<Validation, 'status'> & { /** The text that this is about. */ readonly text: string | null }

/** What the service says about the text, shortly after the last key. */
export function useValidation(text: string): Validation {
  const client = useClient()
  const version = useJobs((state) => state.version)
  const settled = useDebounced(text, 200)
  const [{ text: checked, ...said }, setChecked] = useState<Checked>({ text: null, problems: [], outline: null, failure: null })
  useEffect(() => {
    const cancel = new AbortController()
    const keep = (change: (before: Checked) => Checked): void => { if (!cancel.signal.aborted) setChecked(change) }
    client.call('rules.validate', { text: settled }, cancel.signal).then(
      (result) => keep((before) => (result.ok ? { text: settled, problems: result.value.problems, outline: result.value.outline ?? before.outline, failure: null } : { ...before, text: null, failure: result.problem })),
      (error: unknown) => keep((before) => ({ ...before, text: null, failure: ofError(error) })),
    )
    return () => cancel.abort()
  }, [client, settled, version])
  return { ...said, status: checked !== text ? 'checking' : said.problems.length > 0 ? 'invalid' : 'valid' }
}
