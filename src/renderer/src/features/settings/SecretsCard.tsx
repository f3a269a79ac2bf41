import { Button, Dialog, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle, DialogTrigger, Field, Input, makeStyles, Skeleton, SkeletonItem, tokens } from '@fluentui/react-components'
import { useId, useState, type ReactNode } from 'react'
import type { SecretShown } from '../../../../shared/api/secretCalls.ts'
import { useAnswer } from '../../app/service.tsx'
import { useQueryRequest, type Request } from '../../app/useRequest.ts'
import { useJobs } from '../../app/jobs.ts'
import { valueOf } from '../../app/valueOf.ts'
import { texts } from '../../texts.ts'
import { scheduleTexts } from '../../texts/schedule.ts'
import { asSentence } from '../../ui/asSentence.ts'
import { ProblemMessage } from '../../ui/ProblemMessage.tsx'
import { useFocusAfterDialog } from '../../ui/useFocusAfterDialog.ts'
import { SettingsCard } from './SettingsCard.tsx'

const words = scheduleTexts.secrets

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: 0, padding: 0 },
  secret: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalM, padding: `${tokens.spacingVerticalS} 0`, borderTop: `1px solid ${tokens.colorNeutralStroke2}` },
  what: { flex: '1 1 300px', minWidth: 0 },
  quiet: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  source: { flex: '0 1 200px' },
  content: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: tokens.spacingVerticalM },
  text: { margin: 0 },
})

/** A value of its own each time: the same secret can be kept twice. */
type Said = { readonly sentence: string }

/** Which secrets are there and where from, never what they are. */
export function SecretsCard(): ReactNode {
  const styles = useStyles()
  const asked = useAnswer('secrets.list', {})
  const [said, setSaid] = useState<Said | null>(null)
  const message = useFocusAfterDialog<HTMLSpanElement>(said)
  const shown = valueOf(asked)
  // The list is asked again as if a job had ended: nothing else tells the window of a change in the keychain.
  const changed = (sentence: string): void => {
    setSaid({ sentence })
    useJobs.setState((state) => ({ version: state.version + 1 }))
  }
  return (
    <SettingsCard title={words.title} about={words.about}>
      {asked.status === 'failed' && <ProblemMessage problem={asked.problem} />}
      {asked.status === 'loading' && <Skeleton aria-label={texts.list.loading}><SkeletonItem size={64} /></Skeleton>}
      {shown !== null && shown.keychain !== null && <ProblemMessage problem={shown.keychain} />}
      {shown !== null && <ul className={styles.list}>{shown.secrets.map((secret) => <Secret key={secret.name} secret={secret} hasKeychain={shown.keychain === null} onChanged={changed} />)}</ul>}
      <span ref={message} tabIndex={-1} role="status">{said?.sentence}</span>
    </SettingsCard>
  )
}

function Secret({ secret, hasKeychain, onChanged }: { readonly secret: SecretShown; readonly hasKeychain: boolean; readonly onChanged: (words: string) => void }): ReactNode {
  const styles = useStyles()
  const [keeping, removing] = [useQueryRequest('secrets.set'), useQueryRequest('secrets.remove')]
  const { name, what, variable, source } = secret
  const title = asSentence(what)
  return (
    <li className={styles.secret}>
      <div className={styles.what}><div>{title}</div><div className={styles.quiet}>{words.variable}: <code>{variable}</code></div></div>
      <span className={styles.source}>{words.sources[source]}</span>
      {hasKeychain && <SecretDialog trigger={source === 'keychain' ? words.replace : words.set} what={what} title={words.setTitle} about={`${title}. ${words.setAbout}`} confirm={words.keep} field={words.secret} request={keeping} inputOf={(value) => ({ name, secret: value })} onDone={() => onChanged(words.kept(what))} />}
      {source === 'keychain' && <SecretDialog trigger={words.remove} what={what} title={words.removeTitle} about={words.removeAbout(what)} confirm={words.removeNow} field={null} request={removing} inputOf={() => ({ name })} onDone={() => onChanged(words.removed(what))} />}
    </li>
  )
}

type SecretDialogProps<Value> = { readonly trigger: string; /** Of the secret, in words. */ readonly what: string; readonly title: string; readonly about: string; readonly confirm: string; /** Null: nothing is typed. */ readonly field: string | null; readonly request: Request<Value>; readonly inputOf: (value: string) => unknown; readonly onDone: () => void }

function SecretDialog<Value>({ trigger, what, title, about, confirm, field, request, inputOf, onDone }: SecretDialogProps<Value>): ReactNode {
  const styles = useStyles()
  const form = useId()
  const [isOpen, setOpen] = useState(false)
  const [value, setValue] = useState('')
  const isReady = (field === null || value !== '') && !request.isBusy
  const open = (opened: boolean): void => {
    setOpen(opened)
    // What was typed and not kept is not there when the dialog opens again.
    setValue('')
  }
  const send = async (): Promise<void> => {
    if (!isReady) return
    const result = await request.send(inputOf(value))
    if (!result.ok) return
    open(false)
    onDone()
  }
  return (
    <Dialog open={isOpen} onOpenChange={(_event, data) => open(data.open)}>
      <DialogTrigger disableButtonEnhancement><Button size="small" aria-label={`${trigger} ${what}`}>{trigger}</Button></DialogTrigger>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{title}</DialogTitle>
          <DialogContent className={styles.content}>
            <p className={styles.text}>{about}</p>
            <form id={form} onSubmit={(event) => { event.preventDefault(); void send() }}>{field !== null && <Field label={field} required><Input type="password" value={value} maxLength={5000} autoComplete="off" onChange={(_event, data) => setValue(data.value)} /></Field>}</form>
            {request.problem !== null && <ProblemMessage problem={request.problem} onDismiss={request.dismiss} />}
          </DialogContent>
          <DialogActions>
            <DialogTrigger disableButtonEnhancement><Button>{words.notNow}</Button></DialogTrigger>
            <Button appearance="primary" type="submit" form={form} disabledFocusable={!isReady}>{confirm}</Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  )
}
