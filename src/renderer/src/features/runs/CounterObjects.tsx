import { Button, makeStyles, tokens } from '@fluentui/react-components'
import { ArrowLeftRegular } from '@fluentui/react-icons'
import { useCallback, type ReactNode } from 'react'
import type { RunObjectRow } from '../../../../shared/api/contract.ts'
import { nameOfSystem } from '../../../../shared/domain/describeStep.ts'
import { spellName } from '../../../../shared/domain/spellName.ts'
import { refine, useRoute } from '../../app/route.ts'
import { usePages, type LoadPage } from '../../app/usePages.ts'
import { texts } from '../../texts.ts'
import { DataList } from '../../ui/DataList.tsx'
import { ProblemMessage } from '../../ui/ProblemMessage.tsx'
import { ObjectAsItWas } from './ObjectAsItWas.tsx'

const useStyles = makeStyles({
  detail: { display: 'flex', flexDirection: 'column', minHeight: 0, height: '100%' },
  head: { padding: tokens.spacingHorizontalM, display: 'grid', gap: tokens.spacingVerticalXS, justifyItems: 'start' },
  title: { margin: 0, fontSize: tokens.fontSizeBase400 },
  list: { display: 'flex', flexDirection: 'column', flexGrow: 1, flexBasis: '50%', minHeight: '140px' },
  row: { minWidth: 0, overflow: 'hidden' },
  line: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  id: { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2 },
})

const pageSize = 200

/** The objects behind a counter, page by page, and the chosen one with its attributes as they were when the run had ended. */
export function CounterObjects({ run, counter }: { readonly run: number; readonly counter: string }): ReactNode {
  const styles = useStyles()
  const chosen = useRoute((state) => state.route.parameters['object'])
  const load = useCallback<LoadPage<RunObjectRow>>((client, after, signal) => client.call('runs.objects', { run, counter, after, limit: pageSize }, signal), [run, counter])
  const pages = usePages(load)
  const index = pages.rows.findIndex((row) => row.id === chosen)
  const selected = pages.rows[index]
  return (
    <section className={styles.detail} aria-label={texts.runs.objects(spellName(counter))}>
      <div className={styles.head}>
        <Button size="small" appearance="subtle" icon={<ArrowLeftRegular />} onClick={() => refine({ counter: null, object: null })}>{texts.runs.backToRun}</Button>
        <h2 className={styles.title}>{texts.runs.number(run)} · {texts.runs.objects(spellName(counter))}</h2>
      </div>
      {pages.problem !== null && <ProblemMessage problem={pages.problem} />}
      <div className={styles.list}>
        <DataList<RunObjectRow> label={texts.runs.objects(spellName(counter))} total={pages.rows.length + (pages.hasMore ? 1 : 0)} rowHeight={48} rowAt={(at) => pages.rows[at]} onVisible={pages.onVisible}
          selected={index < 0 ? null : index} onSelect={(at) => refine({ object: pages.rows[at]?.id ?? null })} renderRow={(row) => <ObjectRow row={row} />} empty={pages.status === 'loading' ? texts.list.loading : texts.runs.objectsEmpty} />
      </div>
      {selected !== undefined && <ObjectAsItWas key={selected.id} row={selected} />}
    </section>
  )
}

function ObjectRow({ row }: { readonly row: RunObjectRow }): ReactNode {
  const styles = useStyles()
  const where = row.connector === 'metaverse' ? texts.screens.metaverse : nameOfSystem(row.connector)
  return (
    <div className={styles.row}>
      <div className={styles.line}><bdi>{row.name ?? texts.runs.noName}</bdi></div>
      <div className={styles.line}><span className={styles.id}>{where} {row.id}</span></div>
    </div>
  )
}
