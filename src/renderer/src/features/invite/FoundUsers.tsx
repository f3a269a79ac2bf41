import { Button, makeStyles, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import type { KnownGuest } from '../../../../shared/domain/invitation.ts'
import { inviteTexts } from '../../texts/invite.ts'
import { Facts } from '../../ui/Facts.tsx'

const words = inviteTexts.user

const useStyles = makeStyles({
  text: { margin: 0 },
  user: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', justifyItems: 'start', gap: tokens.spacingVerticalS, borderTop: `1px solid ${tokens.colorNeutralStroke2}`, paddingTop: tokens.spacingVerticalM },
  name: { margin: 0, fontSize: tokens.fontSizeBase300 },
  change: { justifySelf: 'start' },
})

type FoundUsersProps = { readonly users: readonly KnownGuest[]; readonly onChoose: (id: string) => void; readonly onChange: () => void }

/** Who has the address already. A guest goes on from here as if just invited. */
export function FoundUsers({ users, onChoose, onChange }: FoundUsersProps): ReactNode {
  const styles = useStyles()
  return (
    <>
      <p className={styles.text} role="status">{inviteTexts.found(users.length)}</p>
      {users.map((user) => {
        const name = user.displayName ?? inviteTexts.noName
        return (
          <div key={user.id} className={styles.user}>
            <h3 className={styles.name}><bdi>{name}</bdi></h3>
            <Facts facts={[[words.upn, user.userPrincipalName], [words.mail, user.mail], [words.kind, user.userType], [words.state, user.externalUserState], [words.enabled, user.isEnabled === null ? null : user.isEnabled ? words.allowed : words.blocked], [words.id, user.id]]} />
            {user.userType === 'Guest' ? <Button appearance="primary" aria-label={inviteTexts.goOnOf(name)} onClick={() => onChoose(user.id)}>{inviteTexts.goOn}</Button> : <span>{inviteTexts.member}</span>}
          </div>
        )
      })}
      <Button className={styles.change} onClick={onChange}>{inviteTexts.change}</Button>
    </>
  )
}
