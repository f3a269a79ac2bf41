import { useEffect, useState } from 'react'
import type { RulesOutline, RulesTextProblem } from '../../../../shared/api/rulesEditing.ts'
import type { Problem } from '../../../../shared/domain/problem.ts'
import { useAnswer } from '../../app/service.tsx'
import { useDebounced } from '../../ui/useDebounced.ts'

export type Validation = {
  /** `checking`: the service has not answered for this text yet. */
  readonly status: 'checking' | 'valid' | 'invalid'
  readonly problems: readonly RulesTextProblem[]
  /** Of this text, or of the last one that was sound. */
  readonly outline: RulesOutline | null
  /** The text that was checked last. */
  readonly checked: string | null
  readonly failure: Problem | null
}

/** What the service says about the text, shortly after the last key. */
export function useValidation(text: string): Validation {
  const settled = useDebounced(text, 200)
  const answer = useAnswer('rules.validate', { text: settled })
  const [state, setState] = useState<Pick<Validation, 'problems' | 'outline' | 'checked'>>({ problems: [], outline: null, checked: null })
  useEffect(() => {
    if (answer.status !== 'ready') return
    const { problems, outline } = answer.value
    setState((before) => ({ problems, outline: outline ?? before.outline, checked: settled }))
  }, [answer, settled])
  const isCurrent = state.checked === text && answer.status === 'ready'
  return { ...state, status: !isCurrent ? 'checking' : state.problems.length > 0 ? 'invalid' : 'valid', failure: answer.status === 'failed' ? answer.problem : null }
}
