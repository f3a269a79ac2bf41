import { Button, Field, Input, makeStyles, MessageBar, MessageBarBody, Select, Textarea } from '@fluentui/react-components'
import { useState, type ReactNode } from 'react'
import type { FoundTenant } from '../../../../shared/api/connectCalls.ts'
import { useQueryRequest } from '../../app/useRequest.ts'
import { connectTexts } from '../../texts/connect.ts'
import { useBesideField } from '../../ui/besideField.ts'
import { ProblemMessage } from '../../ui/ProblemMessage.tsx'
import { change, cloudInput, useConnectDraft } from './connectDraft.ts'

const words = connectTexts.tenant
const clouds = ['global', 'usGovernment', 'usGovernmentDoD', 'china', 'custom'] as const

const useStyles = makeStyles({ wide: { flex: '1 1 320px' } })

/** Which cloud, which tenant: the tenant is asked of the cloud itself, so that a mistyped name is seen here. */
export function TenantStep(): ReactNode {
  const styles = useStyles()
  const beside = useBesideField()
  const draft = useConnectDraft()
  const finding = useQueryRequest('connect.findTenant')
  const [found, setFound] = useState<FoundTenant | null>(null)
  const find = async (): Promise<void> => {
    setFound(null)
    const answer = await finding.send({ ...cloudInput(draft), tenant: draft.tenant.trim() })
    if (!answer.ok) return
    setFound(answer.value)
    change({ tenantId: answer.value.tenantId })
  }
  const choose = (value: string): void => { for (const cloud of clouds) if (cloud === value) change({ cloud, tenantId: '' }) }
  return (
    <>
      <Field label={words.cloud}><Select value={draft.cloud} onChange={(_event, data) => choose(data.value)}>{clouds.map((cloud) => <option key={cloud} value={cloud}>{words.clouds[cloud]}</option>)}</Select></Field>
      {draft.cloud === 'custom' && (
        <>
          <Field label={words.graphUrl} hint={words.urlHint} required><Input type="url" value={draft.graphUrl} maxLength={300} onChange={(_event, data) => change({ graphUrl: data.value, tenantId: '' })} /></Field>
          <Field label={words.signInUrl} hint={words.urlHint} required><Input type="url" value={draft.signInUrl} maxLength={300} onChange={(_event, data) => change({ signInUrl: data.value, tenantId: '' })} /></Field>
        </>
      )}
      <form className={beside.line} onSubmit={(event) => { event.preventDefault(); if (draft.tenant.trim() !== '') void find() }}>
        <Field label={words.tenant} hint={words.tenantHint} required className={styles.wide}><Input value={draft.tenant} maxLength={300} onChange={(_event, data) => change({ tenant: data.value, tenantId: '' })} /></Field>
        <Button className={beside.button} type="submit" disabledFocusable={draft.tenant.trim() === '' || finding.isBusy}>{finding.isBusy ? words.finding : words.find}</Button>
      </form>
      {finding.problem !== null && <ProblemMessage problem={finding.problem} onDismiss={finding.dismiss} />}
      {draft.tenantId !== '' && <MessageBar intent="success"><MessageBarBody role="status">{words.found(draft.tenantId, found?.graphHost ?? null)}</MessageBarBody></MessageBar>}
      <Field label={words.authorities} hint={words.authoritiesHint}><Textarea value={draft.caPem} maxLength={200_000} resize="vertical" onChange={(_event, data) => change({ caPem: data.value })} /></Field>
    </>
  )
}
