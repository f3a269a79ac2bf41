import { Button, makeStyles } from '@fluentui/react-components'
import { ChevronDownRegular, ChevronRightRegular } from '@fluentui/react-icons'
import type { ReactNode } from 'react'
import type { Change } from '../../../../shared/domain/change.ts'
import type { ConnectorObject } from '../../../../shared/domain/connectorObject.ts'
import { refine, useRoute } from '../../app/route.ts'
import { texts } from '../../texts.ts'
import { Facts } from '../../ui/Facts.tsx'

const useStyles = makeStyles({ parts: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', justifyItems: 'start', gap: '8px' } })

/** What the account has and keeps, folded until somebody wants it: the address remembers, so that each next change shows it too. */
export function Unchanged({ account, change }: { readonly account: ConnectorObject; readonly change: Change }): ReactNode {
  const styles = useStyles()
  const isOpen = useRoute((state) => state.route.parameters['unchanged'] === 'open')
  const changed = new Set(change.attributes.map(({ name }) => name.toLowerCase()))
  const kept = Object.entries(account.attributes).filter(([name, values]) => values.length > 0 && !changed.has(name.toLowerCase())).toSorted(([left], [right]) => (left < right ? -1 : 1))
  if (kept.length === 0) return null
  return (
    <div className={styles.parts}>
      <Button size="small" appearance="subtle" aria-expanded={isOpen} aria-keyshortcuts="u" icon={isOpen ? <ChevronDownRegular /> : <ChevronRightRegular />} onClick={toggleUnchanged}>{texts.review.unchanged(kept.length)}</Button>
      {isOpen && <Facts facts={kept.map(([name, values]) => [name, values.map(String).join(' | ')] as const)} />}
    </div>
  )
}

/** Also the key u of the list. */
export function toggleUnchanged(): void {
  refine({ unchanged: useRoute.getState().route.parameters['unchanged'] === 'open' ? null : 'open' })
}
