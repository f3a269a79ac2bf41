import { Button, Field, Link, makeStyles, MessageBar, MessageBarBody, MessageBarTitle, Radio, RadioGroup, tokens } from '@fluentui/react-components'
import { useEffect, useRef, useState, type ReactNode, type RefObject } from 'react'
import { connectTexts } from '../../texts/connect.ts'
import { ProblemMessage } from '../../ui/ProblemMessage.tsx'
import { SignInPrompt } from '../../ui/SignInPrompt.tsx'
import { isGuid, useConnectDraft } from './connectDraft.ts'
import { usePersonSignIn, type SignInWay } from './usePersonSignIn.ts'

const words = connectTexts.credential.person
const ways = ['browser', 'code'] as const

const useStyles = makeStyles({
  text: { margin: 0, color: tokens.colorNeutralForeground2 },
  actions: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalS },
})

/** Guests are read in the name of whoever signs in here. */
export function PersonFields(): ReactNode {
  const styles = useStyles()
  const { tenantId, clientId, person } = useConnectDraft()
  const { state, begin, cancel, dismiss } = usePersonSignIn()
  const [way, setWay] = useState<SignInWay>('browser')
  const isWaiting = state.status === 'waiting'
  const button = useRef<HTMLButtonElement | null>(null)
  useFocusAfter(isWaiting, button)
  const isReady = isGuid(tenantId) && isGuid(clientId.trim()) && !isWaiting
  const choose = (value: string): void => { for (const each of ways) if (each === value) setWay(each) }
  return (
    <>
      <MessageBar intent="warning" layout="multiline"><MessageBarBody>{words.attended}</MessageBarBody></MessageBar>
      <Field label={words.way}><RadioGroup value={way} disabled={isWaiting} onChange={(_event, data) => choose(data.value)}>{ways.map((each) => <Radio key={each} value={each} label={words.ways[each]} />)}</RadioGroup></Field>
      <p className={styles.text}>{words.needs[way]}</p>
      <div className={styles.actions}>
        <Button ref={(element: HTMLButtonElement | null) => { button.current = element }} disabledFocusable={!isReady} onClick={() => { if (isReady) void begin(way) }}>{isWaiting ? words.waiting : person === null ? words.signIn : words.signInAgain}</Button>
        {isWaiting && <Button onClick={cancel}>{words.cancel}</Button>}
      </div>
      {isWaiting && state.prompt !== null && <WhereToSignIn prompt={state.prompt} />}
      {state.status === 'idle' && state.problem !== null && <ProblemMessage problem={state.problem} onDismiss={dismiss} />}
      {person !== null && !isWaiting && <MessageBar intent="success"><MessageBarBody role="status">{words.signedIn(person.account)}</MessageBarBody></MessageBar>}
    </>
  )
}

/** What was focused while it was waited for, the link or "cancel", is gone then: the focus goes to what began it, never to nobody. */
function useFocusAfter(isWaiting: boolean, target: RefObject<HTMLElement | null>): void {
  const hasWaited = useRef(false)
  useEffect(() => {
    if (hasWaited.current && !isWaiting && document.activeElement === document.body) target.current?.focus()
    hasWaited.current = isWaiting
  }, [isWaiting, target])
}

/** The address of a browser's sign-in is a long one that says nothing to anybody: its host stands for it. */
function WhereToSignIn({ prompt: { address, code } }: { readonly prompt: { readonly address: string; readonly code: string | null } }): ReactNode {
  if (code !== null) return <SignInPrompt title={words.enter(code)} address={address} about={words.goesOn} />
  return (
    <MessageBar intent="info" layout="multiline" role="status"><MessageBarBody>
      <MessageBarTitle>{words.open}</MessageBarTitle> <Link href={address} target="_blank" rel="noreferrer">{words.link(new URL(address).host)}</Link>. {words.comesBack}
    </MessageBarBody></MessageBar>
  )
}
