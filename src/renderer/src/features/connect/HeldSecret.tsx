import { Button, Field, Input, makeStyles } from '@fluentui/react-components'
import { useState, type ReactNode } from 'react'
import { useQueryRequest } from '../../app/useRequest.ts'
import { useBesideField } from '../../ui/besideField.ts'
import { ProblemMessage } from '../../ui/ProblemMessage.tsx'
import { change, useConnectDraft } from './connectDraft.ts'

type HeldSecretProps = { readonly name: 'entra' | 'directory'; readonly label: string; readonly hint: string; readonly keep: string; readonly held: string }

const useStyles = makeStyles({ wide: { flex: '1 1 280px', maxWidth: '480px' } })

/** A secret goes to the service, which holds it for this set-up; the window forgets it with the click. */
export function HeldSecret({ name, label, hint, keep, held }: HeldSecretProps): ReactNode {
  const styles = useStyles()
  const beside = useBesideField()
  const draft = useConnectDraft((state) => state.draft)
  const isHeld = useConnectDraft((state) => state.held[name])
  const keeping = useQueryRequest('connect.keepSecret')
  const [secret, setSecret] = useState('')
  const send = async (): Promise<void> => {
    const given = secret
    setSecret('')
    const answer = await keeping.send({ draft, name, secret: given })
    if (answer.ok) change({ held: { ...useConnectDraft.getState().held, [name]: true } })
  }
  return (
    <>
      <form className={beside.line} onSubmit={(event) => { event.preventDefault(); if (secret !== '') void send() }}>
        <Field label={label} hint={hint} required className={styles.wide}><Input type="password" value={secret} maxLength={5000} autoComplete="off" onChange={(_event, data) => setSecret(data.value)} /></Field>
        <Button className={beside.button} type="submit" disabledFocusable={secret === '' || keeping.isBusy}>{keep}</Button>
      </form>
      <span role="status">{isHeld ? held : ''}</span>
      {keeping.problem !== null && <ProblemMessage problem={keeping.problem} onDismiss={keeping.dismiss} />}
    </>
  )
}
