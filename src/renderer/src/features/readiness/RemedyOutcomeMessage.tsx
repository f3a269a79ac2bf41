import { MessageBar, MessageBarBody } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import type { RemedyOutcome } from '../../../../shared/domain/readiness.ts'
import { delegationTexts } from '../../texts/delegation.ts'
import { readinessTexts } from '../../texts/readiness.ts'
import { ProblemMessage } from '../../ui/ProblemMessage.tsx'
import { useFocusAfterDialog } from '../../ui/useFocusAfterDialog.ts'

/** What came of a remedy; the button that opened its dialog goes with a check that has passed. */
export function RemedyOutcomeMessage({ outcome: { finding, notKept } }: { readonly outcome: RemedyOutcome }): ReactNode {
  const message = useFocusAfterDialog<HTMLDivElement>(finding)
  return (
    <div ref={message} tabIndex={-1}>
      <MessageBar layout="multiline" intent={finding.state === 'passed' ? 'success' : 'warning'}><MessageBarBody role="status">{readinessTexts.apply.written(delegationTexts.findings[finding.state].toLowerCase(), finding.message)}</MessageBarBody></MessageBar>
      {notKept !== null && <ProblemMessage problem={notKept} />}
    </div>
  )
}
