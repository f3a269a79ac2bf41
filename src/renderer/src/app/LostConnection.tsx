import { Button, makeStyles, tokens } from '@fluentui/react-components'
import { PlugDisconnectedRegular } from '@fluentui/react-icons'
import type { ReactNode } from 'react'
import { connectionTexts } from '../texts/connection.ts'

const useStyles = makeStyles({
  bar: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalM, alignItems: 'center', justifyContent: 'center', padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`, backgroundColor: tokens.colorPaletteRedBackground2, color: tokens.colorPaletteRedForeground2, '@media (forced-colors: active)': { borderBottom: '2px solid CanvasText' } },
  icon: { display: 'flex', fontSize: '20px' },
})

/** `ended`: nobody has tried to come back yet. `hostGone` and `refused` are what the last try came to. */
export type LostConnectionState = 'ended' | 'connecting' | 'hostGone' | 'refused'

/** Says above everything else that nothing answers any more, and what to do. The screens stay as they are. */
export function LostConnection({ state, onConnect }: { readonly state: LostConnectionState; readonly onConnect: () => void }): ReactNode {
  const styles = useStyles()
  return (
    <div className={styles.bar} role="alert">
      <span className={styles.icon} aria-hidden><PlugDisconnectedRegular /></span>
      <span>{state === 'hostGone' ? connectionTexts.hostGone : state === 'refused' ? connectionTexts.refused : connectionTexts.ended}</span>
      <Button size="small" disabledFocusable={state === 'connecting'} onClick={onConnect}>{state === 'connecting' ? connectionTexts.connecting : connectionTexts.connect}</Button>
    </div>
  )
}
