import { makeStyles, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import type { WorkspaceDescription } from '../../../../shared/api/contract.ts'
import type { Run } from '../../../../shared/domain/run.ts'
import { texts } from '../../texts.ts'
import { Panel } from './Panel.tsx'
import { RunLine } from './RunLine.tsx'

const useStyles = makeStyles({
  list: { display: 'grid', gap: tokens.spacingVerticalM, margin: 0 },
  name: { fontWeight: tokens.fontWeightSemibold },
  value: { margin: 0, overflowWrap: 'anywhere' },
  address: { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2 },
  remedy: { color: tokens.colorPaletteRedForeground1 },
})

const day = 86_400_000

/** Whether each system answered the last time, how old that is, and what to do where it did not. */
export function Health({ imports, workspace }: { readonly imports: readonly Run[]; readonly workspace: WorkspaceDescription | null }): ReactNode {
  const styles = useStyles()
  const systems = [
    { connector: 'entra', name: texts.overview.entra, address: workspace?.tenant ?? '' },
    { connector: 'ad', name: texts.overview.directory, address: workspace?.servers.join(', ') ?? '' },
  ] as const
  return (
    <Panel title={texts.overview.health} about={texts.overview.healthAbout} width="column">
      <dl className={styles.list}>{systems.map(({ connector, name, address }) => {
        const run = imports.find((candidate) => candidate.connector === connector)
        return (
          <div key={connector}>
            <dt className={styles.name}>{name} <span className={styles.address}>{address}</span></dt>
            <dd className={styles.value}>{run === undefined ? texts.overview.neverRead : <Reading run={run} />}</dd>
          </div>
        )
      })}</dl>
    </Panel>
  )
}

function Reading({ run }: { readonly run: Run }): ReactNode {
  const styles = useStyles()
  const isOld = Date.now() - Date.parse(run.endedAt ?? run.startedAt) > day
  return (
    <>
      <RunLine run={run} name={texts.runs.steps[run.step]} />
      {isOld && <div>{texts.overview.old}</div>}
      {run.problem !== null && <div className={styles.remedy}>{run.problem.message} {run.problem.remedy}</div>}
    </>
  )
}
