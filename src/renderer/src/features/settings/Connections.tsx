import { makeStyles, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import type { SettingsShown } from '../../../../shared/api/windowCalls.ts'
import { texts } from '../../texts.ts'
import { ConnectButton } from '../../ui/ConnectButton.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { SettingsCard } from './SettingsCard.tsx'

const words = texts.settings.connections

const useStyles = makeStyles({
  sides: { display: 'grid', gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 380px), 1fr))', gap: tokens.spacingHorizontalXL },
  side: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', alignContent: 'start', gap: tokens.spacingVerticalS },
  title: { margin: 0, fontSize: tokens.fontSizeBase300 },
  text: { margin: 0, color: tokens.colorNeutralForeground2 },
})

/** Both systems as the configuration names them. Secrets are never shown, because they are never in it. */
export function Connections({ entra, directory, isLab }: Pick<SettingsShown, 'entra' | 'directory'> & { readonly isLab: boolean }): ReactNode {
  const styles = useStyles()
  return (
    <SettingsCard title={words.title} about={isLab ? words.lab : words.about}>
      <div className={styles.sides}>
        <div className={styles.side}>
          <h3 className={styles.title}>{texts.rules.systems.entra}</h3>
          <Facts facts={[
            [words.tenant, entra.tenantId], [words.client, entra.clientId], [words.cloud, words.clouds[entra.cloud] ?? entra.cloud], [words.credential, describeCredential(entra)],
            [words.filter, entra.filter], [words.group, entra.scopeGroup], [words.authority, entra.caFile],
          ]} />
        </div>
        <div className={styles.side}>
          <h3 className={styles.title}>{texts.rules.systems.ad}</h3>
          <Facts facts={[
            [words.servers, directory.servers.join(', ')], [words.security, words.securities[directory.security]], [words.account, directory.account], [words.guestOu, directory.guestOu],
            [words.managed, directory.managedOus.join(' | ')], [words.catalogs, directory.globalCatalogs.length === 0 ? words.noCatalogs : directory.globalCatalogs.join(', ')], [words.authority, directory.caFile],
          ]} />
        </div>
      </div>
      <p className={styles.text}>{isLab ? words.connect : words.secrets}</p>
      <div><ConnectButton isLab={isLab} /></div>
    </SettingsCard>
  )
}

function describeCredential({ credential, certificateFile }: SettingsShown['entra']): string {
  switch (credential) {
    case 'secret': return words.secret
    case 'certificate': return words.certificate(certificateFile ?? '')
    case 'person': return words.person
  }
}
