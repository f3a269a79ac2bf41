import { Field, Input, Radio, RadioGroup } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import { connectTexts } from '../../texts/connect.ts'
import { CertificateFields } from './CertificateFields.tsx'
import { change, useConnectDraft } from './connectDraft.ts'
import { HeldSecret } from './HeldSecret.tsx'
import { PersonFields } from './PersonFields.tsx'

const words = connectTexts.credential
const kinds = ['unchanged', 'certificate', 'secret', 'person'] as const

/** The application, and how it proves itself. */
export function CredentialStep({ hasKeychain, isRepeat }: { readonly hasKeychain: boolean; readonly isRepeat: boolean }): ReactNode {
  const draft = useConnectDraft()
  const choose = (value: string): void => { for (const credential of kinds) if (credential === value) change({ credential }) }
  return (
    <>
      <Field label={words.client} hint={words.clientHint} required><Input value={draft.clientId} maxLength={36} onChange={(_event, data) => change({ clientId: data.value.trim() })} /></Field>
      <Field label={words.kind}><RadioGroup value={draft.credential} onChange={(_event, data) => choose(data.value)}>{kinds.filter((kind) => isRepeat || kind !== 'unchanged').map((kind) => <Radio key={kind} value={kind} label={words.kinds[kind]} />)}</RadioGroup></Field>
      {draft.credential === 'secret' && (
        <>
          <HeldSecret name="entra" label={words.secret} hint={words.secretHint} keep={words.keep} held={words.held} />
          <Field label={words.expires} hint={words.expiresHint}><Input type="date" value={draft.secretExpires} onChange={(_event, data) => change({ secretExpires: data.value })} /></Field>
        </>
      )}
      {/* Who signed in did so for one application of one tenant: another one begins anew. */}
      {draft.credential === 'person' && <PersonFields key={`${draft.draft} ${draft.tenantId} ${draft.clientId}`} />}
      {draft.credential === 'certificate' && <CertificateFields hasKeychain={hasKeychain} />}
    </>
  )
}
