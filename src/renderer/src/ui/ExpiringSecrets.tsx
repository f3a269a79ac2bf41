import { Link, makeStyles, MessageBar, MessageBarBody, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import { writeRoute } from '../app/route.ts'
import { useAnswer } from '../app/service.tsx'
import { valueOf } from '../app/valueOf.ts'
import { connectTexts } from '../texts/connect.ts'

const useStyles = makeStyles({ link: { marginLeft: tokens.spacingHorizontalS } })

/** What Entra is signed in with and ends within 30 days, or has ended; and the way to its successor. */
export function ExpiringSecrets(): ReactNode {
  const styles = useStyles()
  const connection = valueOf(useAnswer('connect.show', {}))
  return connection?.expiring.map(({ sentence, state }) => (
    <MessageBar key={sentence} intent={state === 'expired' ? 'error' : 'warning'} layout="multiline">
      <MessageBarBody role="status">{sentence}<Link inline className={styles.link} href={writeRoute({ screen: 'settings', parameters: { connect: 'credential' } })}>{connectTexts.renew}</Link></MessageBarBody>
    </MessageBar>
  ))
}
