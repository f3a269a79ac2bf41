import { Badge, makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { BoardRegular, BranchForkRegular, ClipboardTaskListLtrRegular, DatabaseLinkRegular, DocumentSearchRegular, HistoryRegular, PeopleRegular, PlayCircleRegular, SettingsRegular, ShieldKeyholeRegular, StethoscopeRegular } from '@fluentui/react-icons'
import type { ReactElement, ReactNode } from 'react'
import type { WorkspaceDescription } from '../../../shared/api/contract.ts'
import { formatNumber, texts } from '../texts.ts'
import { useRoute, writeRoute, type Screen } from './route.ts'
import { useAnswer } from './service.tsx'
import { useMedia } from './theme.ts'

const entries: readonly { readonly screen: Screen; readonly icon: ReactElement }[] = [
  { screen: 'overview', icon: <BoardRegular /> },
  { screen: 'guests', icon: <PeopleRegular /> },
  { screen: 'changes', icon: <ClipboardTaskListLtrRegular /> },
  { screen: 'metaverse', icon: <DatabaseLinkRegular /> },
  { screen: 'preview', icon: <DocumentSearchRegular /> },
  { screen: 'delegation', icon: <ShieldKeyholeRegular /> },
  { screen: 'runs', icon: <PlayCircleRegular /> },
  { screen: 'rules', icon: <BranchForkRegular /> },
  { screen: 'readiness', icon: <StethoscopeRegular /> },
  { screen: 'audit', icon: <HistoryRegular /> },
  { screen: 'settings', icon: <SettingsRegular /> },
]

/** As at a zoom of 200 %: all screens stay in sight. */
const low = '@media (max-height: 520px)'

const useStyles = makeStyles({
  rail: { display: 'flex', flexDirection: 'column', gap: '2px', padding: tokens.spacingVerticalM, width: '180px', backgroundColor: tokens.colorNeutralBackground1, borderRight: `1px solid ${tokens.colorNeutralStroke2}`, boxSizing: 'border-box', overflowY: 'auto', [low]: { padding: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalM}` } },
  narrow: { width: '56px' },
  name: { fontWeight: tokens.fontWeightSemibold, fontSize: tokens.fontSizeBase400, padding: tokens.spacingVerticalS, whiteSpace: 'nowrap', overflow: 'hidden', textOverflow: 'ellipsis' },
  workspace: { marginTop: 'auto', fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2, overflowWrap: 'anywhere', padding: tokens.spacingVerticalS },
  entry: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalS, flexShrink: 0, padding: '7px 8px', [low]: { padding: '4px 8px' }, borderRadius: tokens.borderRadiusMedium, color: tokens.colorNeutralForeground1, textDecorationLine: 'none', ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover } },
  current: { backgroundColor: tokens.colorNeutralBackground1Selected, fontWeight: tokens.fontWeightSemibold, boxShadow: `inset 3px 0 0 ${tokens.colorBrandStroke1}`, '@media (forced-colors: active)': { forcedColorAdjust: 'none', backgroundColor: 'Highlight', color: 'HighlightText' } },
  icon: { fontSize: '20px', display: 'flex' },
  badge: { marginLeft: 'auto' },
})

/** Icons with labels, labels alone for screen readers under 1100 px. */
export function Rail({ workspace }: { readonly workspace: WorkspaceDescription | null }): ReactNode {
  const styles = useStyles()
  const current = useRoute((state) => state.route.screen)
  const isNarrow = useMedia('(max-width: 1099px)')
  const plan = useAnswer('plan.summary', {})
  const changes = plan.status === 'ready' || plan.status === 'refreshing' ? plan.value.counts.total : 0
  return (
    <nav className={mergeClasses(styles.rail, isNarrow && styles.narrow)} aria-label={texts.navigation}>
      {!isNarrow && <div className={styles.name}>{texts.application}</div>}
      {entries.map(({ screen, icon }) => (
        <a key={screen} href={writeRoute({ screen, parameters: {} })} className={mergeClasses(styles.entry, screen === current && styles.current)} aria-current={screen === current ? 'page' : undefined} {...(isNarrow ? { 'aria-label': texts.screens[screen] } : {})} title={texts.screens[screen]}>
          <span className={styles.icon}>{icon}</span>
          {!isNarrow && <span>{texts.screens[screen]}</span>}
          {!isNarrow && screen === 'changes' && changes > 0 && <Badge className={styles.badge} appearance="filled">{formatNumber(changes)}</Badge>}
        </a>
      ))}
      {workspace !== null && !isNarrow && <div className={styles.workspace}><strong>{workspace.name}</strong><br />{workspace.tenant}</div>}
    </nav>
  )
}
