import { Button, makeStyles, tokens } from '@fluentui/react-components'
import { ChevronDownRegular, ChevronRightRegular, CopyRegular } from '@fluentui/react-icons'
import { useState, type ReactNode } from 'react'
import { refine, useRoute } from '../../app/route.ts'
import { useAnswer } from '../../app/service.tsx'
import { texts } from '../../texts.ts'
import { ProblemMessage } from '../../ui/ProblemMessage.tsx'

const useStyles = makeStyles({
  bar: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalS },
  text: { margin: `${tokens.spacingVerticalS} 0 0`, padding: tokens.spacingHorizontalM, maxHeight: '320px', overflow: 'auto', backgroundColor: tokens.colorNeutralBackground3, borderRadius: tokens.borderRadiusMedium, fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200, whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' },
})

/** The change as LDIF (RFC 2849), for those who read that better or want to keep it. */
export function LdifOfChange({ metaverseId }: { readonly metaverseId: string }): ReactNode {
  const styles = useStyles()
  const isOpen = useRoute((state) => state.route.parameters['ldif'] === 'open')
  const ldif = useAnswer('plan.ldifOfOne', { metaverseId })
  const [copying, setCopying] = useState<'not' | 'copied' | 'refused'>('not')
  if (ldif.status === 'failed') return <ProblemMessage problem={ldif.problem} />
  if (ldif.status === 'loading') return null
  const { text } = ldif.value
  const copy = (): void => void navigator.clipboard.writeText(text).then(() => setCopying('copied'), () => setCopying('refused'))
  const said = { not: '', copied: texts.review.copied, refused: texts.review.copyRefused }
  return (
    <div>
      <div className={styles.bar}>
        <Button size="small" appearance="subtle" aria-expanded={isOpen} icon={isOpen ? <ChevronDownRegular /> : <ChevronRightRegular />} onClick={() => refine({ ldif: isOpen ? null : 'open' })}>{texts.review.ldif}</Button>
        <Button size="small" appearance="subtle" icon={<CopyRegular />} onClick={copy}>{texts.review.copyLdif}</Button>
        <span role="status">{said[copying]}</span>
      </div>
      {isOpen && <pre className={styles.text} tabIndex={0} aria-label={texts.review.ldif}>{text}</pre>}
    </div>
  )
}
