import { Card, Field, makeStyles, Radio, RadioGroup, Subtitle2, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import { useAnswer } from '../../app/service.tsx'
import { useAppearance, type ThemeName } from '../../app/theme.ts'
import { texts } from '../../texts.ts'
import { ProblemMessage } from '../../ui/ProblemMessage.tsx'
import { ScreenHeader } from '../../ui/ScreenHeader.tsx'

const useStyles = makeStyles({
  body: { display: 'grid', gap: tokens.spacingVerticalM, padding: `0 ${tokens.spacingHorizontalXL} ${tokens.spacingVerticalXL}` },
  facts: { display: 'grid', gridTemplateColumns: 'max-content minmax(0, 1fr)', gap: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalL}`, margin: 0 },
  value: { margin: 0, fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200, overflowWrap: 'anywhere' },
  text: { margin: 0, padding: tokens.spacingHorizontalM, overflow: 'auto', fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200, backgroundColor: tokens.colorNeutralBackground3, borderRadius: tokens.borderRadiusMedium },
})

const themes: readonly (ThemeName | 'system')[] = ['system', 'light', 'dark', 'contrast']
const densities = ['comfortable', 'compact'] as const

/** Appearance of this window, and the configuration of the workspace as its file has it. Secrets are not in it. */
export function Settings(): ReactNode {
  const styles = useStyles()
  const { theme, density } = useAppearance()
  const workspace = useAnswer('workspace.describe', {})
  const configuration = useAnswer('configuration.read', {})
  return (
    <>
      <ScreenHeader title={texts.screens.settings} />
      <div className={styles.body}>
        <Card>
          <Subtitle2 as="h2">{texts.settings.appearance}</Subtitle2>
          <Field label={texts.settings.theme}><RadioGroup layout="horizontal" value={theme} onChange={(_event, data) => useAppearance.setState({ theme: themes.find((known) => known === data.value) ?? 'system' })}>{themes.map((name) => <Radio key={name} value={name} label={texts.settings.themes[name]} />)}</RadioGroup></Field>
          <Field label={texts.settings.density}><RadioGroup layout="horizontal" value={density} onChange={(_event, data) => useAppearance.setState({ density: densities.find((known) => known === data.value) ?? 'comfortable' })}>{densities.map((name) => <Radio key={name} value={name} label={texts.settings.densities[name]} />)}</RadioGroup></Field>
        </Card>
        <Card>
          <Subtitle2 as="h2">{texts.settings.workspace}</Subtitle2>
          {workspace.status === 'failed' && <ProblemMessage problem={workspace.problem} />}
          {(workspace.status === 'ready' || workspace.status === 'refreshing') && (
            <dl className={styles.facts}>{Object.entries(texts.settings.facts).map(([name, label]) => {
              const value = workspace.value[name as keyof typeof texts.settings.facts]
              return <FactRow key={name} label={label} value={Array.isArray(value) ? value.join(', ') : String(value)} className={styles.value} />
            })}</dl>
          )}
          <div>{texts.settings.secrets}</div>
        </Card>
        <Card>
          <Subtitle2 as="h2">{texts.settings.configuration}</Subtitle2>
          <div>{texts.settings.howToChange}</div>
          {configuration.status === 'failed' && <ProblemMessage problem={configuration.problem} />}
          {(configuration.status === 'ready' || configuration.status === 'refreshing') && <pre className={styles.text} tabIndex={0} aria-label={texts.settings.configuration}>{configuration.value.text}</pre>}
        </Card>
      </div>
    </>
  )
}

function FactRow({ label, value, className }: { readonly label: string; readonly value: string; readonly className: string }): ReactNode {
  return <><dt>{label}</dt><dd className={className}>{value}</dd></>
}
