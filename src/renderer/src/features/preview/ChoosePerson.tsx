import { Button, makeStyles, SearchBox, tokens } from '@fluentui/react-components'
import { useCallback, useMemo, useState, type KeyboardEvent, type ReactNode } from 'react'
import type { GuestRow } from '../../../../shared/domain/guestRow.ts'
import { navigate, refine, useRoute } from '../../app/route.ts'
import { useView } from '../../app/useView.ts'
import { texts } from '../../texts.ts'
import { DataList } from '../../ui/DataList.tsx'
import { Facets } from '../../ui/Facets.tsx'
import { GuestStateBadge } from '../../ui/guestStates.tsx'
import { ProblemMessage } from '../../ui/ProblemMessage.tsx'
import { ScreenHeader } from '../../ui/ScreenHeader.tsx'

const useStyles = makeStyles({
  body: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS, padding: `0 ${tokens.spacingHorizontalXL} ${tokens.spacingVerticalM}`, minHeight: 0, flexGrow: 1 },
  find: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
  search: { flexGrow: 1, maxWidth: '640px' },
  list: { display: 'flex', flexDirection: 'column', minHeight: '160px', flexGrow: 1, backgroundColor: tokens.colorNeutralBackground1, border: `1px solid ${tokens.colorNeutralStroke2}`, borderRadius: tokens.borderRadiusLarge, overflow: 'hidden', paddingTop: tokens.spacingVerticalS },
  row: { display: 'grid', gridTemplateColumns: '150px minmax(0, 1fr)', alignItems: 'center', gap: tokens.spacingHorizontalM, width: '100%', height: '100%', cursor: 'pointer' },
  line: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  second: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
})

const facetNames = ['state', 'company'] as const

/** A search over all guests; what is no guest (an account, a DN) is named as it is. */
export function ChoosePerson(): ReactNode {
  const styles = useStyles()
  const { parameters } = useRoute((state) => state.route)
  const [selected, setSelected] = useState<number | null>(null)
  const text = parameters['text'] ?? ''
  const request = useMemo(() => ({
    text, sort: null,
    facets: Object.fromEntries(facetNames.flatMap((name) => { const value = parameters[name]; return value === undefined ? [] : [[name, value.split('\n')]] })),
  }), [parameters, text])
  const view = useView('guests', request)
  const total = view.opened?.total ?? 0
  const choose = useCallback((index: number) => {
    const row = view.rowAt(index)
    if (row !== undefined) navigate('preview', { id: row.id })
  }, [view])
  const onSearchKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || text.trim() === '') return
    if (total === 1) choose(0)
    else navigate('preview', { id: text.trim() })
  }
  const narrow = (name: string, values: readonly string[]): void => { setSelected(null); refine({ [name]: values.join('\n') }) }
  return (
    <>
      <ScreenHeader title={texts.screens.preview} about={texts.preview.about} />
      <div className={styles.body}>
        <div className={styles.find}>
          <SearchBox className={styles.search} size="large" value={text} onChange={(_event, data) => { setSelected(null); refine({ text: data.value }) }} onKeyDown={onSearchKey} placeholder={texts.preview.search} aria-label={texts.preview.search} />
          {text.trim() !== '' && <Button size="large" onClick={() => navigate('preview', { id: text.trim() })}>{texts.preview.exactly}</Button>}
        </div>
        {view.problem !== null && <ProblemMessage problem={view.problem} />}
        <div className={styles.list}>
          <Facets names={facetNames} facets={view.opened?.facets ?? {}} chosen={request.facets} onChoose={narrow} />
          <DataList<GuestRow> label={texts.preview.guests} total={total} rowHeight={52} rowAt={view.rowAt} onVisible={view.onVisible} selected={selected} onSelect={setSelected}
            onKey={(event, index) => { if (event.key === 'Enter' && index !== null) choose(index) }}
            renderRow={(row) => <ChoiceRow row={row} />} empty={<NobodyHere isLoading={view.status === 'loading'} isSearching={text !== '' || Object.keys(request.facets).length > 0} />} />
        </div>
      </div>
    </>
  )
}

function ChoiceRow({ row }: { readonly row: GuestRow }): ReactNode {
  const styles = useStyles()
  return (
    <div className={styles.row} onClick={() => navigate('preview', { id: row.id })}>
      <GuestStateBadge state={row.state} />
      <div className={styles.line}>
        <div className={styles.line}><bdi>{row.displayName ?? row.userPrincipalName ?? row.id}</bdi></div>
        <div className={`${styles.line} ${styles.second}`}>{[row.company, row.mail, row.why].filter((part) => part !== null).join(' · ')}</div>
      </div>
    </div>
  )
}

function NobodyHere({ isLoading, isSearching }: { readonly isLoading: boolean; readonly isSearching: boolean }): ReactNode {
  if (isLoading) return texts.list.loading
  return isSearching ? texts.preview.noMatch : <>{texts.preview.nobody} <Button size="small" onClick={() => navigate('runs')}>{texts.preview.toRuns}</Button></>
}
