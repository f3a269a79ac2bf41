import { Button, Field, Input, makeStyles, Radio, RadioGroup, Textarea } from '@fluentui/react-components'
import { useState, type ReactNode } from 'react'
import { useQueryRequest } from '../../app/useRequest.ts'
import { connectTexts } from '../../texts/connect.ts'
import { useBesideField } from '../../ui/besideField.ts'
import { ProblemMessage } from '../../ui/ProblemMessage.tsx'
import { change, useConnectDraft } from './connectDraft.ts'
import { HeldSecret } from './HeldSecret.tsx'
import { Trust } from './Trust.tsx'

const words = connectTexts.controllers

const useStyles = makeStyles({ wide: { flex: '1 1 280px', maxWidth: '480px' } })

/** The controllers, found by DNS or typed; whether they can be trusted; and our account there. */
export function ControllersStep(): ReactNode {
  const { servers, security, account } = useConnectDraft()
  const choose = (value: string): void => { if (value === 'ldaps' || value === 'startTls') change({ security: value }) }
  return (
    <>
      <FindControllers />
      <Field label={words.servers} hint={words.serversHint} required><Textarea value={servers} maxLength={6000} resize="vertical" onChange={(_event, data) => change({ servers: data.value })} /></Field>
      <Field label={words.security}><RadioGroup layout="horizontal" value={security} onChange={(_event, data) => choose(data.value)}><Radio value="ldaps" label={words.securities.ldaps} /><Radio value="startTls" label={words.securities.startTls} /></RadioGroup></Field>
      <Trust />
      <Field label={words.account} hint={words.accountHint} required><Input value={account} maxLength={500} autoComplete="off" onChange={(_event, data) => change({ account: data.value })} /></Field>
      <HeldSecret name="directory" label={words.password} hint={words.passwordHint} keep={words.keep} held={words.held} />
    </>
  )
}

function FindControllers(): ReactNode {
  const styles = useStyles()
  const beside = useBesideField()
  const finding = useQueryRequest('connect.findControllers')
  const [domain, setDomain] = useState('')
  const [count, setCount] = useState<number | null>(null)
  const find = async (): Promise<void> => {
    setCount(null)
    const answer = await finding.send({ domain: domain.trim() })
    if (!answer.ok) return
    setCount(answer.value.controllers.length)
    if (answer.value.controllers.length > 0) change({ servers: answer.value.controllers.map(({ url }) => url).join('\n') })
  }
  return (
    <>
      <form className={beside.line} onSubmit={(event) => { event.preventDefault(); if (domain.trim() !== '') void find() }}>
        <Field label={words.domain} hint={words.domainHint} className={styles.wide}><Input value={domain} maxLength={255} onChange={(_event, data) => setDomain(data.value)} /></Field>
        <Button className={beside.button} type="submit" disabledFocusable={domain.trim() === '' || finding.isBusy}>{finding.isBusy ? words.finding : words.find}</Button>
      </form>
      <span role="status">{count === null ? '' : count === 0 ? words.none : words.foundCount(count)}</span>
      {finding.problem !== null && <ProblemMessage problem={finding.problem} onDismiss={finding.dismiss} />}
    </>
  )
}
