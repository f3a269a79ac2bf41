import { Button, Checkbox, Field, makeStyles, Radio, RadioGroup, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import type { ConnectorFacts, PrincipalFacts } from '../../../../shared/domain/delegation.ts'
import { useRoute } from '../../app/route.ts'
import { delegationTexts } from '../../texts/delegation.ts'
import { namesOfEncryption } from './changeValues.ts'
import { ServiceListField } from './ServiceListField.tsx'
import { draftWishes, isSameWish, openPlan, readWishes, type Wish } from './wishes.ts'

const useStyles = makeStyles({
  form: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: tokens.spacingVerticalM },
  text: { margin: 0, color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  actions: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
})

/** userAccountControl, MS-ADTS 2.2.16; encryption types, MS-KILE 2.2.7. */
const [trustedForDelegation, anyProtocolBit, aesTypes] = [0x80000, 0x1000000, 0x18]

type ConnectorFormProps = { readonly connector: ConnectorFacts; readonly account: PrincipalFacts; /** SPNs of the applications that it serves. */ readonly offered: readonly string[] }

/** The settings as they were read, and what somebody wants of them. Only the difference is a wish, and nothing is written from here. */
export function ConnectorForm({ connector, account, offered }: ConnectorFormProps): ReactNode {
  const styles = useStyles()
  const parameters = useRoute((state) => state.route.parameters)
  const words = delegationTexts.form
  const wishes = readWishes(parameters).filter((wish) => 'account' in wish && wish.account === account.anchor)
  const wants = (wish: Wish): boolean => wishes.some((other) => isSameWish(other, wish))
  const want = (wish: Wish): void => draftWishes([...wishes, wish])
  const drop = (...unwanted: readonly Wish[]): void => draftWishes(wishes.filter((wish) => !unwanted.some((other) => isSameWish(wish, other))))
  const { anchor } = account
  const [anyProtocol, kerberosOnly] = [{ kind: 'useAnyProtocol', account: anchor }, { kind: 'useKerberosOnly', account: anchor }] as const
  const isAnyNow = (account.userAccountControl & anyProtocolBit) !== 0
  const isAny = isAnyNow ? !wants(kerberosOnly) : wants(anyProtocol)
  const chooseProtocol = (value: string): void => {
    const others = wishes.filter((wish) => !isSameWish(wish, anyProtocol) && !isSameWish(wish, kerberosOnly))
    const wanted = value === 'any' ? anyProtocol : kerberosOnly
    draftWishes((value === 'any') === isAnyNow ? others : [...others, wanted])
  }
  const toggle = (wish: Wish, isWanted: boolean): void => (isWanted ? want(wish) : drop(wish))
  const [endUnconstrained, allowAes] = [{ kind: 'endUnconstrained', account: anchor }, { kind: 'allowAes', account: anchor }] as const
  const lacksAes = account.encryptionTypes !== null && account.encryptionTypes !== 0 && (account.encryptionTypes & aesTypes) !== aesTypes
  return (
    <div className={styles.form} role="form" aria-label={words.label(connector.name)}>
      <p className={styles.text}>{words.about}</p>
      <Field label={words.protocol} {...(account.allowedToDelegateTo.length === 0 ? { hint: words.noList } : {})}>
        <RadioGroup value={isAny ? 'any' : 'kerberos'} onChange={(_event, data) => chooseProtocol(data.value)}>
          <Radio value="any" label={words.anyProtocol} />
          <Radio value="kerberos" label={words.kerberosOnly} />
        </RadioGroup>
      </Field>
      {(account.userAccountControl & trustedForDelegation) !== 0 && <Field hint={words.unconstrained}><Checkbox label={words.endUnconstrained} checked={wants(endUnconstrained)} onChange={(_event, data) => toggle(endUnconstrained, data.checked === true)} /></Field>}
      {lacksAes && <Field hint={words.aesAbout(namesOfEncryption(account.encryptionTypes ?? 0).join(', '))}><Checkbox label={words.aes} checked={wants(allowAes)} onChange={(_event, data) => toggle(allowAes, data.checked === true)} /></Field>}
      <ServiceListField account={account} wishes={wishes} offered={offered} onWant={want} onDrop={drop} />
      <div className={styles.actions}>
        <Button appearance="primary" disabledFocusable={wishes.length === 0} onClick={() => { if (wishes.length > 0) openPlan(parameters, wishes) }}>{words.show(wishes.length)}</Button>
        <Button disabledFocusable={wishes.length === 0} onClick={() => draftWishes([])}>{words.discard}</Button>
      </div>
    </div>
  )
}
