import { Button, Link, makeStyles, MessageBar, MessageBarBody, MessageBarTitle, tokens } from '@fluentui/react-components'
import { useState, type ReactNode } from 'react'
import type { Problem } from '../../../shared/domain/problem.ts'
import { texts } from '../texts.ts'

const useStyles = makeStyles({
  remedy: { display: 'block', marginTop: tokens.spacingVerticalXS },
  detail: { display: 'block', fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200, marginTop: tokens.spacingVerticalXS, wordBreak: 'break-word' },
})

/** What failed, on which object, and what to do; codes only in the copyable detail. */
export function ProblemMessage({ problem, onDismiss }: { readonly problem: Problem; readonly onDismiss?: () => void }): ReactNode {
  const styles = useStyles()
  const [isOpen, setOpen] = useState(false)
  const [isCopied, setCopied] = useState(false)
  const detail = JSON.stringify({ kind: problem.kind, ...problem.detail })
  const copy = (): void => void navigator.clipboard.writeText(`${problem.message}\n${problem.remedy}\n${detail}`).then(() => setCopied(true))
  return (
    <MessageBar intent="error" layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>{problem.message}</MessageBarTitle>
        <span className={styles.remedy}>{problem.remedy}</span>
        {isOpen && <code className={styles.detail}>{detail}</code>}
        <Link as="button" onClick={() => setOpen(!isOpen)} aria-expanded={isOpen}>{texts.problem.details}</Link>{' '}
        <Link as="button" onClick={copy}>{isCopied ? texts.problem.copied : texts.problem.copy}</Link>
        {onDismiss !== undefined && <Button size="small" appearance="transparent" onClick={onDismiss} aria-label="Dismiss">✕</Button>}
      </MessageBarBody>
    </MessageBar>
  )
}
