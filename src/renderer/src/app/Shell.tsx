import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import { texts } from '../texts.ts'
import { connectTexts } from '../texts/connect.ts'
import { writeRoute } from './route.ts'
import { useAnswer } from './service.tsx'
import { ActivityStrip } from './ActivityStrip.tsx'
import { Rail } from './Rail.tsx'
import { TopBar } from './TopBar.tsx'

const useStyles = makeStyles({
  frame: { display: 'grid', gridTemplateRows: 'auto auto minmax(0, 1fr) auto', gridTemplateColumns: 'minmax(0, 1fr)', height: '100vh', backgroundColor: tokens.colorNeutralBackground2, color: tokens.colorNeutralForeground1 },
  banner: {
    textAlign: 'center', fontSize: tokens.fontSizeBase200, fontWeight: tokens.fontWeightSemibold, color: '#fff', lineHeight: '20px',
    backgroundImage: 'repeating-linear-gradient(135deg, #242424 0 14px, #ffe600 14px 28px)',
  },
  bannerLink: { color: '#fff', textDecorationLine: 'underline' },
  bannerText: { backgroundColor: '#242424', padding: '2px 12px' },
  // Never higher than what is left: in a low window the rail scrolls, and the screen ends above the activity.
  middle: { display: 'grid', gridTemplateColumns: 'auto minmax(0, 1fr)', gridTemplateRows: 'minmax(0, 1fr)', minHeight: 0 },
  column: { minWidth: 0, minHeight: 0, display: 'flex', flexDirection: 'column' },
  screen: { flexGrow: 1, minWidth: 0, minHeight: 0, display: 'flex', flexDirection: 'column', overflow: 'auto' },
})

/** Rail, screen, activity: the same frame around every screen. The lab is unmistakable. */
export function Shell({ notice, children }: { /** Stands above everything else. */ readonly notice: ReactNode; readonly children: ReactNode }): ReactNode {
  const styles = useStyles()
  const workspace = useAnswer('workspace.describe', {})
  const described = workspace.status === 'ready' || workspace.status === 'refreshing' ? workspace.value : null
  return (
    <div className={styles.frame}>
      <div>{notice}</div>
      {described?.purpose === 'lab' ? <aside className={styles.banner} aria-label={texts.lab(described.name)}><span className={styles.bannerText}>{texts.lab(described.name)} · <a className={styles.bannerLink} href={writeRoute({ screen: 'settings', parameters: { connect: 'tenant' } })}>{connectTexts.open}</a></span></aside> : <div />}
      <div className={styles.middle}>
        <Rail workspace={described} />
        <div className={styles.column}>
          <TopBar workspace={described} />
          <main id="screen" className={mergeClasses(styles.screen)} tabIndex={-1}>{children}</main>
        </div>
      </div>
      <ActivityStrip />
    </div>
  )
}
