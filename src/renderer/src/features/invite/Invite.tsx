import { Button, makeStyles, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import { navigate, useRoute } from '../../app/route.ts'
import { inviteTexts } from '../../texts/invite.ts'
import { ScreenHeader } from '../../ui/ScreenHeader.tsx'
import { InviteList } from './InviteList.tsx'
import { InviteOne } from './InviteOne.tsx'

const useStyles = makeStyles({ body: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: tokens.spacingVerticalL, padding: `0 ${tokens.spacingHorizontalXL} ${tokens.spacingVerticalXL}`, maxWidth: '960px' } })

/** One guest from an address to a sign-on, or a list of them. How far it has come stands in the address. */
export function Invite(): ReactNode {
  const styles = useStyles()
  const { parameters } = useRoute((state) => state.route)
  const isList = parameters['invite'] === 'list'
  return (
    <>
      <ScreenHeader title={isList ? inviteTexts.listTitle : inviteTexts.title}>
        {parameters['guest'] !== undefined && <Button onClick={() => navigate('guests', { invite: 'one' })}>{inviteTexts.another}</Button>}
        <Button onClick={() => navigate('guests')}>{inviteTexts.back}</Button>
      </ScreenHeader>
      <div className={styles.body}>{isList ? <InviteList /> : <InviteOne guest={parameters['guest'] ?? null} />}</div>
    </>
  )
}
