import { Button, makeStyles, tokens } from '@fluentui/react-components'
import { useState, type ReactNode } from 'react'
import { texts } from '../texts.ts'

const useStyles = makeStyles({
  line: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalS },
  command: { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200, backgroundColor: tokens.colorNeutralBackground3, padding: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalS}`, borderRadius: tokens.borderRadiusMedium, overflowWrap: 'anywhere' },
})

/** A line for the command line, and a button that copies it. */
export function CommandToCopy({ command }: { readonly command: string }): ReactNode {
  const styles = useStyles()
  const [state, setState] = useState<'idle' | 'copied' | 'refused'>('idle')
  const copy = (): void => void navigator.clipboard.writeText(command).then(() => setState('copied'), () => setState('refused'))
  return (
    <div className={styles.line}>
      <code className={styles.command}>{command}</code>
      <Button size="small" onClick={copy} aria-label={texts.command.copyOf(command)}>{texts.command.copy}</Button>
      <span role="status">{state === 'idle' ? '' : texts.command[state]}</span>
    </div>
  )
}
