import { Button, makeStyles, tokens } from '@fluentui/react-components'
import { CopyRegular } from '@fluentui/react-icons'
import { useState, type ReactNode } from 'react'
import { readinessTexts } from '../texts/readiness.ts'

const useStyles = makeStyles({
  frame: { border: `1px solid ${tokens.colorNeutralStroke2}`, borderRadius: tokens.borderRadiusMedium, minWidth: 0 },
  head: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalS, padding: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalM}`, borderBottom: `1px solid ${tokens.colorNeutralStroke2}` },
  title: { fontWeight: tokens.fontWeightSemibold },
  language: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  copy: { marginLeft: 'auto' },
  text: { margin: 0, padding: tokens.spacingHorizontalM, maxHeight: '320px', overflow: 'auto', fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200, whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', backgroundColor: tokens.colorNeutralBackground3 },
})

/** A text for another program, written to be read first: what it is, in which language, and a button that copies it. */
export function ScriptToCopy({ title, language, text }: { readonly title: string; readonly language: string; readonly text: string }): ReactNode {
  const styles = useStyles()
  const [said, setSaid] = useState('')
  const copy = (): void => void navigator.clipboard.writeText(text).then(() => setSaid(readinessTexts.copied), () => setSaid(readinessTexts.copyRefused))
  return (
    <div className={styles.frame}>
      <div className={styles.head}>
        <span className={styles.title}>{title}</span><span className={styles.language}>{language}</span>
        <span className={styles.copy} role="status">{said}</span>
        <Button size="small" icon={<CopyRegular />} onClick={copy} aria-label={readinessTexts.copyOf(title)}>{readinessTexts.copy}</Button>
      </div>
      {/* A long script is scrolled by keyboard, too. */}
      <pre className={styles.text} tabIndex={0} role="region" aria-label={title}>{text}</pre>
    </div>
  )
}
