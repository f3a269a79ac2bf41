import { Button, makeStyles, tokens } from '@fluentui/react-components'
import { useState, type ReactNode } from 'react'
import { delegationTexts } from '../../texts/delegation.ts'

const useStyles = makeStyles({
  parts: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: tokens.spacingVerticalS },
  actions: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalS },
  script: { margin: 0, maxHeight: '320px', overflow: 'auto', padding: tokens.spacingHorizontalM, backgroundColor: tokens.colorNeutralBackground3, borderRadius: tokens.borderRadiusMedium, fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200, whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' },
})

type ScriptShownProps = { readonly label: string; readonly copyLabel: string; readonly script: string; readonly initially: 'shown' | 'folded' }

/** A script for those who may not write from here: to read, and to take along. */
export function ScriptShown({ label, copyLabel, script, initially }: ScriptShownProps): ReactNode {
  const styles = useStyles()
  const [isOpen, setOpen] = useState(initially === 'shown')
  const [state, setState] = useState<'idle' | 'copied' | 'copyRefused'>('idle')
  const copy = (): void => void navigator.clipboard.writeText(script).then(() => setState('copied'), () => { setOpen(true); setState('copyRefused') })
  const words = delegationTexts.plan
  return (
    <div className={styles.parts}>
      <div className={styles.actions}>
        <Button onClick={copy}>{copyLabel}</Button>
        <Button appearance="subtle" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>{isOpen ? words.hideScript : words.showScript}</Button>
        <span role="status">{state === 'idle' ? '' : words[state]}</span>
      </div>
      {isOpen && <pre className={styles.script} role="group" tabIndex={0} aria-label={label}>{script}</pre>}
    </div>
  )
}
