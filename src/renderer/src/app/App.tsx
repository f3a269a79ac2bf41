import { makeStyles, Spinner, tokens } from '@fluentui/react-components'
import { useCallback, useEffect, useState, type ReactNode } from 'react'
import { texts } from '../texts.ts'
import { ProblemMessage } from '../ui/ProblemMessage.tsx'
import { ChannelRefused } from './channel.ts'
import { openClient, type Client } from './client.ts'
import { joinJobs } from './jobs.ts'
import { LostConnection, type LostConnectionState } from './LostConnection.tsx'
import { ofError, ServiceProvider } from './service.tsx'
import { Screens } from './Screens.tsx'
import { Shell } from './Shell.tsx'

type Connection = { readonly status: 'opening' } | { readonly status: 'open'; readonly client: Client; /** Null while the service answers. */ readonly lost: LostConnectionState | null } | { readonly status: 'refused'; readonly error: unknown }

const useStyles = makeStyles({ center: { display: 'grid', placeContent: 'center', height: '100vh', padding: tokens.spacingHorizontalXXL } })

/** Connects to the service, keeps the screens while it is gone, and offers the way back. */
export function App(): ReactNode {
  const styles = useStyles()
  const [connection, setConnection] = useState<Connection>({ status: 'opening' })
  const open = useCallback(() => {
    setConnection((now) => (now.status === 'open' ? { ...now, lost: 'connecting' } : now))
    const connect = async (): Promise<void> => {
      const client = await openClient()
      await joinJobs(client)
      setConnection({ status: 'open', client, lost: null })
      void client.closed.then(() => setConnection((now) => (now.status === 'open' && now.client === client ? { ...now, lost: 'ended' } : now)))
    }
    connect().catch((error: unknown) => setConnection((now) => (now.status === 'open' ? { ...now, lost: stateOf(error) } : { status: 'refused', error })))
  }, [])
  useEffect(open, [open])

  if (connection.status === 'opening') return <div className={styles.center}><Spinner label={texts.service.opening} /></div>
  if (connection.status === 'refused') return <div className={styles.center} role="alert"><h1>{texts.service.refused}</h1><ProblemMessage problem={ofError(connection.error)} /></div>
  const { client, lost } = connection
  return (
    <ServiceProvider client={client}>
      <Shell notice={lost === null ? null : <LostConnection state={lost} onConnect={open} />}><Screens /></Shell>
    </ServiceProvider>
  )
}

/** A service that ended again while it was asked can be asked once more. */
function stateOf(error: unknown): LostConnectionState {
  if (!(error instanceof ChannelRefused)) return 'ended'
  return error.why === 'hostGone' ? 'hostGone' : 'refused'
}
