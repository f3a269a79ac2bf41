import { MessageBar, MessageBarBody, MessageBarTitle } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import type { Change } from '../../../shared/domain/change.ts'
import type { Explanation, StepState } from '../../../shared/domain/decision.ts'
import { describeReason } from '../../../shared/domain/describeReason.ts'
import { describeStep } from '../../../shared/domain/describeStep.ts'
import { texts } from '../texts.ts'
import { asSentence } from './asSentence.ts'
import { wordOfKind } from './kinds.tsx'

const intents = { done: 'success', stopped: 'info', failed: 'error' } as const satisfies Readonly<Record<StepState, string>>

/** The answer before the story: what would happen, or the step at which it ended and why. */
export function Verdict({ explanation, change }: { readonly explanation: Explanation; readonly change: Change | null }): ReactNode {
  const last = explanation.steps.at(-1)
  const ending = lastWord(explanation)
  if (change !== null) {
    return <MessageBar intent="info" layout="multiline"><MessageBarBody><MessageBarTitle>{texts.preview.planned(asSentence(wordOfKind(change.kind)))}</MessageBarTitle> {texts.preview.because(describeReason(change.reason), change.rule)}</MessageBarBody></MessageBar>
  }
  if (last?.kind === 'decision' && last.decision.kind === 'change') {
    return <MessageBar intent="warning" layout="multiline"><MessageBarBody><MessageBarTitle>{texts.preview.notPlannedYet}</MessageBarTitle> {texts.preview.runAgain}</MessageBarBody></MessageBar>
  }
  if (ending === undefined) return null
  return <MessageBar intent={intents[ending.state]} layout="multiline"><MessageBarBody><MessageBarTitle>{ending.state === 'failed' ? texts.preview.needsSomebody : texts.preview.nothing}</MessageBarTitle> {asSentence(describeStep(ending).sentence)}.</MessageBarBody></MessageBar>
}

/** A decision that gives its reason says more than the step that led to it. */
function lastWord({ steps }: Explanation): Explanation['steps'][number] | undefined {
  const last = steps.at(-1)
  if (last?.kind === 'decision') return last
  return steps.find(({ state }) => state === 'failed') ?? steps.findLast(({ state }) => state === 'stopped') ?? last
}
