import { Field, makeStyles, Radio, RadioGroup, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import { useAppearance } from '../../app/theme.ts'
import { texts } from '../../texts.ts'
import { SettingsCard } from './SettingsCard.tsx'

const words = texts.settings.appearance
const themes = ['system', 'light', 'dark', 'contrast'] as const
const densities = ['comfortable', 'compact'] as const

const useStyles = makeStyles({ fields: { display: 'grid', gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 260px), 1fr))', gap: tokens.spacingHorizontalL } })

/** How the window looks; kept for this user on this computer, and at once. */
export function Appearance(): ReactNode {
  const styles = useStyles()
  const { theme, density } = useAppearance()
  const choose = (value: string): void => { for (const known of themes) if (known === value) useAppearance.setState({ theme: known }) }
  const space = (value: string): void => { for (const known of densities) if (known === value) useAppearance.setState({ density: known }) }
  return (
    <SettingsCard title={words.title} about={words.about}>
      <div className={styles.fields}>
        <Field label={words.theme}><RadioGroup value={theme} onChange={(_event, data) => choose(data.value)}>{themes.map((name) => <Radio key={name} value={name} label={words.themes[name]} />)}</RadioGroup></Field>
        <Field label={words.density}><RadioGroup value={density} onChange={(_event, data) => space(data.value)}>{densities.map((name) => <Radio key={name} value={name} label={words.densities[name]} />)}</RadioGroup></Field>
      </div>
    </SettingsCard>
  )
}
