import { Button, makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { useEffect, useRef, type ReactNode } from 'react'
import { navigate, refine, useRoute, writeRoute } from '../../app/route.ts'
import { useAnswer } from '../../app/service.tsx'
import { valueOf } from '../../app/valueOf.ts'
import { connectTexts as words } from '../../texts/connect.ts'
import { ExpiringSecrets } from '../../ui/ExpiringSecrets.tsx'
import { ProblemMessage } from '../../ui/ProblemMessage.tsx'
import { ScreenHeader } from '../../ui/ScreenHeader.tsx'
import { connectSteps, findMissing, isUntouched, startAnew, startFrom, useConnectDraft, type ConnectStep } from './connectDraft.ts'
import { useMissingTrust } from './controllerTrust.ts'
import { ControllersStep } from './ControllersStep.tsx'
import { CredentialStep } from './CredentialStep.tsx'
import { OuStep } from './OuStep.tsx'
import { TenantStep } from './TenantStep.tsx'
import { TestAndSave } from './TestAndSave.tsx'

const useStyles = makeStyles({
  body: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: tokens.spacingVerticalL, padding: `0 ${tokens.spacingHorizontalXL} ${tokens.spacingVerticalXL}`, maxWidth: '960px' },
  steps: { listStyleType: 'none', margin: 0, padding: 0, display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalL },
  step: { color: tokens.colorNeutralForeground2 },
  current: { color: tokens.colorNeutralForeground1, fontWeight: tokens.fontWeightSemibold },
  card: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: tokens.spacingVerticalM, padding: tokens.spacingHorizontalL, backgroundColor: tokens.colorNeutralBackground1, border: `1px solid ${tokens.colorNeutralStroke2}`, borderRadius: tokens.borderRadiusLarge },
  title: { margin: 0, fontSize: tokens.fontSizeBase400 },
  actions: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalS },
  quiet: { color: tokens.colorNeutralForeground2, margin: 0 },
})

/** The guided set-up: which step is open stands in the address, what was answered in this tab, secrets in the service alone. */
export function Connect(): ReactNode {
  const styles = useStyles()
  const named = useRoute((state) => state.route.parameters['connect'])
  const step = connectSteps.find((known) => known === named) ?? 'tenant'
  const draft = useConnectDraft()
  const shown = useAnswer('connect.show', {})
  const connection = valueOf(shown)
  const heading = useRef<HTMLHeadingElement>(null)
  const isFirst = useRef(true)
  useEffect(() => {
    // The screen itself takes the focus when it opens.
    if (!isFirst.current) heading.current?.focus()
    isFirst.current = false
  }, [step])
  const isRepeat = connection?.workspace?.purpose === 'production'
  // Whoever changes connections begins with those of now, also after "start anew".
  useEffect(() => { if (isRepeat && connection !== null && isUntouched(draft)) startFrom(connection) }, [isRepeat, connection, draft])
  const missingTrust = useMissingTrust(draft)
  const missingOf = (each: ConnectStep): readonly string[] => [...findMissing(each, draft), ...(each === 'controllers' ? missingTrust : [])]
  const missing = missingOf(step)
  const position = connectSteps.indexOf(step)
  const [before, after] = [connectSteps[position - 1], connectSteps[position + 1]]
  return (
    <>
      <ScreenHeader title={isRepeat ? words.titleRepeat : words.title}><Button onClick={startAnew}>{words.startAnew}</Button><Button onClick={() => navigate('settings')}>{words.leave}</Button></ScreenHeader>
      <div className={styles.body}>
        <p className={styles.quiet}>{words.about}</p>
        <ol className={styles.steps} aria-label={words.stepsLabel}>{connectSteps.map((each) => (
          <li key={each}><a className={mergeClasses(styles.step, each === step && styles.current)} aria-current={each === step ? 'step' : undefined} href={writeRoute({ screen: 'settings', parameters: { connect: each } })}>{words.steps[each]}{each !== 'test' && missingOf(each).length === 0 && ` (${words.done})`}</a></li>
        ))}</ol>
        {shown.status === 'failed' && <ProblemMessage problem={shown.problem} />}
        {isRepeat && <ExpiringSecrets />}
        <section className={styles.card} aria-label={words.steps[step]}>
          <h2 ref={heading} tabIndex={-1} className={styles.title}>{words.steps[step]}</h2>
          {connection !== null && <StepFields step={step} hasKeychain={connection.keychain === null} isRepeat={isRepeat} />}
        </section>
        <div className={styles.actions}>
          {before !== undefined && <Button onClick={() => refine({ connect: before })}>{words.back}</Button>}
          {after !== undefined && <Button appearance="primary" disabledFocusable={missing.length > 0} onClick={() => refine({ connect: after })}>{words.next}</Button>}
          {missing.length > 0 && <span className={styles.quiet} role="status">{words.missing(missing.join(', '))}</span>}
        </div>
      </div>
    </>
  )
}

function StepFields({ step, hasKeychain, isRepeat }: { readonly step: ConnectStep; readonly hasKeychain: boolean; readonly isRepeat: boolean }): ReactNode {
  switch (step) {
    case 'tenant': return <TenantStep />
    case 'credential': return <CredentialStep hasKeychain={hasKeychain} isRepeat={isRepeat} />
    case 'controllers': return <ControllersStep />
    case 'ous': return <OuStep />
    case 'test': return <TestAndSave target={isRepeat ? 'open' : 'new'} />
  }
}
