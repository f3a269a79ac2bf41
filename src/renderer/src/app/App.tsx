import { Button, makeStyles, Spinner, tokens } from '@fluentui/react-components'
import { useCallback, useEffect, useState, type ReactNode } from 'react'
import { texts } from '../texts.ts'
import { ProblemMessage } from '../ui/ProblemMessage.tsx'
import { openClient, type Client } from './client.ts'
import { joinJobs } from './jobs.ts'
import { ofError, ServiceProvider } from './service.tsx'
import { Screens } from './Screens.tsx'
import { Shell } from './Shell.tsx'

type Connection = { readonly status: 'opening' } | { readonly status: 'open'; readonly client: Client; readonly isGone: boolean } | { readonly status: 'refused'; readonly error: unknown }

const useStyles = makeStyles({
  center: { display: 'grid', placeContent: 'center', height: '100vh', padding: tokens.spacingHorizontalXXL },
  gone: { position: 'fixed', insetInline: 0, top: 0, zIndex: 10, display: 'flex', gap: tokens.spacingHorizontalM, alignItems: 'center', justifyContent: 'center', padding: tokens.spacingVerticalS, backgroundColor: tokens.colorPaletteRedBackground2, color: tokens.colorPaletteRedForeground2 },
})

/** Connects to the service, keeps the screens while it is gone, and offers the way back. */
export function App(): ReactNode {
  const styles = useStyles()
  const [connection, setConnection] = useState<Connection>({ status: 'opening' })
  const open = useCallback(() => {
    openClient().then(async (client) => {
      setConnection({ status: 'open', client, isGone: false })
      void client.closed.then(() => setConnection((now) => (now.status === 'open' && now.client === client ? { ...now, isGone: true } : now)))
      await joinJobs(client)
    }, (error: unknown) => setConnection((now) => (now.status === 'open' ? now : { status: 'refused', error })))
  }, [])
  useEffect(open, [open])

  if (connection.status === 'opening') return <div className={styles.center}><Spinner label={texts.service.opening} /></div>
  if (connection.status === 'refused') return <div className={styles.center} role="alert"><h1>{texts.service.refused}</h1><ProblemMessage problem={ofError(connection.error)} /></div>
  return (
    <ServiceProvider client={connection.client}>
      {connection.isGone && <div className={styles.gone} role="alert">{texts.service.gone}<Button size="small" onClick={open}>{texts.service.restart}</Button></div>}
      <Shell><Screens /></Shell>
    </ServiceProvider>
  )
}
