import { Button, Link, makeStyles, MessageBar, MessageBarBody, MessageBarTitle, tokens } from '@fluentui/react-components'
import { useState, type ReactNode } from 'react'
import type { DelegationShown } from '../../../../shared/api/delegationCalls.ts'
import type { Problem } from '../../../../shared/domain/problem.ts'
import { startJob, useJobs } from '../../app/jobs.ts'
import { ofError, useClient } from '../../app/service.tsx'
import { delegationTexts } from '../../texts/delegation.ts'
import { ProblemMessage } from '../../ui/ProblemMessage.tsx'

const useStyles = makeStyles({ line: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalM, color: tokens.colorNeutralForeground2 }, code: { fontFamily: tokens.fontFamilyMonospace } })

/** Entra application proxy as it was read, and the way to read it anew: a person signs in by a code, in the person's own browser. */
export function ProxyOfEntra({ shown: { check, settings } }: { readonly shown: DelegationShown }): ReactNode {
  const styles = useStyles()
  const client = useClient()
  const [problem, setProblem] = useState<Problem | null>(null)
  const running = useJobs((state) => state.jobs.find(({ call, endedAt }) => call === 'delegation.readProxy' && endedAt === null) ?? null)
  if (!settings.fromEntra) return null
  const words = delegationTexts.proxy
  const proxy = check?.proxy ?? null
  const read = (): void => {
    setProblem(null)
    startJob(client, 'delegation.readProxy', {}).then((result) => { if (!result.ok) setProblem(result.problem) }, (error: unknown) => setProblem(ofError(error)))
  }
  const signIn = running?.progress?.signIn
  return (
    <>
      <div className={styles.line}>
        {proxy?.kind === 'notRead' && <span>{words.notRead(proxy.why)}</span>}
        {proxy?.kind === 'read' && <span>{words.readAt(proxy.readAt, proxy.account)}</span>}
        <Button size="small" disabledFocusable={running !== null} onClick={() => { if (running === null) read() }}>{words.read}</Button>
      </div>
      {signIn !== undefined && signIn.code !== null && <MessageBar intent="info" layout="multiline" role="status"><MessageBarBody><MessageBarTitle>{words.enter(signIn.code)}</MessageBarTitle> <Link href={signIn.address} target="_blank" rel="noreferrer" className={styles.code}>{signIn.address}</Link>. {words.signedInAs}</MessageBarBody></MessageBar>}
      {problem !== null && <ProblemMessage problem={problem} onDismiss={() => setProblem(null)} />}
    </>
  )
}
