import { Button, makeStyles, MessageBar, MessageBarBody, tokens } from '@fluentui/react-components'
import { useState, type ReactNode } from 'react'
import { textOf } from '../../../../shared/domain/attributes.ts'
import type { ConnectorObject } from '../../../../shared/domain/connectorObject.ts'
import type { Problem } from '../../../../shared/domain/problem.ts'
import { startJob } from '../../app/jobs.ts'
import { useAnswer, useClient } from '../../app/service.tsx'
import { formatAgo, formatInstant, texts } from '../../texts.ts'
import { ProblemMessage } from '../../ui/ProblemMessage.tsx'
import { DecisionDialog, type DecisionKind } from './DecisionDialog.tsx'

const useStyles = makeStyles({
  actions: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
  decided: { display: 'grid', gap: tokens.spacingVerticalXS, justifyItems: 'start' },
})

/** What a person said about this account, and what can be said. */
export function Decisions({ account, isJoined }: { readonly account: ConnectorObject; readonly isJoined: boolean }): ReactNode {
  const styles = useStyles()
  const client = useClient()
  const decisions = useAnswer('decisions.list', {})
  const [deciding, setDeciding] = useState<DecisionKind>('leaveAlone')
  const [isOpen, setOpen] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const known = decisions.status === 'ready' || decisions.status === 'refreshing' ? decisions.value.find(({ anchor }) => anchor === account.anchor) : undefined
  const forget = async (): Promise<void> => {
    const result = await startJob(client, 'decisions.forget', { account: account.anchor })
    setProblem(result.ok ? null : result.problem)
  }
  const possible: readonly DecisionKind[] = isJoined ? ['disconnect', 'leaveAlone'] : ['join', 'leaveAlone']
  return (
    <>
      {problem !== null && <ProblemMessage problem={problem} onDismiss={() => setProblem(null)} />}
      {decisions.status === 'failed' && <ProblemMessage problem={decisions.problem} />}
      {known !== undefined && (
        <MessageBar intent="info" layout="multiline">
          <MessageBarBody className={styles.decided}>
            <span title={formatInstant(known.at)}>{texts.metaverse.decided(texts.metaverse.decidedKinds[known.decision.kind], known.by, formatAgo(known.at, Date.now()))}</span>
            <bdi>“{known.note}”</bdi>
            <span>{texts.metaverse.nextRun}</span>
            <Button size="small" onClick={() => void forget()}>{texts.metaverse.forget}</Button>
          </MessageBarBody>
        </MessageBar>
      )}
      <div className={styles.actions} role="group" aria-label={texts.metaverse.decisions}>
        {possible.map((kind) => <Button key={kind} size="small" onClick={() => { setDeciding(kind); setOpen(true) }}>{texts.metaverse[kind]}</Button>)}
      </div>
      <DecisionDialog isOpen={isOpen} kind={deciding} account={account.anchor} name={textOf(account.attributes, 'displayName') ?? account.dn ?? account.anchor} onClose={() => setOpen(false)} />
    </>
  )
}
