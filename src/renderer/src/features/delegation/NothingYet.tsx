import { Button, Card, makeStyles, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import type { DelegationSettings } from '../../../../shared/api/delegationCalls.ts'
import { useAnswer } from '../../app/service.tsx'
import { delegationTexts } from '../../texts/delegation.ts'
import { CommandToCopy } from '../../ui/CommandToCopy.tsx'

const useStyles = makeStyles({
  card: { maxWidth: '760px', padding: tokens.spacingHorizontalXL, gap: tokens.spacingVerticalM, alignItems: 'start' },
  title: { margin: 0, fontSize: tokens.fontSizeBase500, lineHeight: tokens.lineHeightBase500 },
  text: { margin: 0 },
})

const example = '"delegation": { "connectors": [{ "account": "PROXY01", "group": "Default" }], "applications": [{ "name": "Orders", "group": "Default", "spn": "HTTP/orders.contoso.com" }] }'

type NothingYetProps = { readonly settings: DelegationSettings; /** Null while a check runs. */ readonly onCheck: (() => void) | null }

/** Before the first check: what will be here, and the one step that fills it. */
export function NothingYet({ settings, onCheck }: NothingYetProps): ReactNode {
  const styles = useStyles()
  const workspace = useAnswer('workspace.describe', {})
  const { empty, check, checking } = delegationTexts
  const isKnown = settings.fromEntra || settings.connectors.length + settings.applications.length > 0
  return (
    <Card className={styles.card}>
      <h2 className={styles.title}>{empty.title}</h2>
      <p className={styles.text}>{empty.about}</p>
      {isKnown ? (
        <>
          <p className={styles.text}>{empty.configured(settings.connectors.length, settings.applications.length)}</p>
          <Button appearance="primary" disabledFocusable={onCheck === null} onClick={() => onCheck?.()}>{onCheck === null ? checking : check}</Button>
        </>
      ) : (
        <>
          <p className={styles.text}>{empty.nothing}</p>
          {(workspace.status === 'ready' || workspace.status === 'refreshing') && <p className={styles.text}>{empty.file(workspace.value.folder)}</p>}
          <CommandToCopy command={example} />
          <p className={styles.text}>{empty.fromEntra}</p>
        </>
      )}
    </Card>
  )
}
