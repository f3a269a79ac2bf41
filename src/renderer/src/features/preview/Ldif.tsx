import { Button, makeStyles, tokens } from '@fluentui/react-components'
import { ChevronDownRegular, ChevronRightRegular, CopyRegular } from '@fluentui/react-icons'
import { useState, type ReactNode } from 'react'
import { refine, useRoute } from '../../app/route.ts'
import { texts } from '../../texts.ts'

const useStyles = makeStyles({
  bar: { display: 'flex', gap: tokens.spacingHorizontalS, flexWrap: 'wrap' },
  text: { margin: `${tokens.spacingVerticalS} 0 0`, padding: tokens.spacingHorizontalM, maxHeight: '320px', overflow: 'auto', backgroundColor: tokens.colorNeutralBackground3, borderRadius: tokens.borderRadiusMedium, fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200, whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' },
})

/** The change as LDIF (RFC 2849), for those who read that better or want to keep it. */
export function Ldif({ text }: { readonly text: string }): ReactNode {
  const styles = useStyles()
  const isOpen = useRoute((state) => state.route.parameters['ldif'] === 'open')
  const [copying, setCopying] = useState<'not' | 'copied' | 'refused'>('not')
  const copy = (): void => void navigator.clipboard.writeText(text).then(() => setCopying('copied'), () => setCopying('refused'))
  const said = { not: '', copied: texts.problem.copied, refused: texts.preview.copyRefused }
  return (
    <div>
      <div className={styles.bar}>
        <Button size="small" aria-expanded={isOpen} icon={isOpen ? <ChevronDownRegular /> : <ChevronRightRegular />} onClick={() => refine({ ldif: isOpen ? null : 'open' })}>{texts.preview.ldif}</Button>
        <Button size="small" appearance="subtle" icon={<CopyRegular />} onClick={copy}>{texts.preview.copyLdif}</Button>
        <span role="status">{said[copying]}</span>
      </div>
      {isOpen && <pre className={styles.text} tabIndex={0} aria-label={texts.preview.ldif}>{text}</pre>}
    </div>
  )
}
