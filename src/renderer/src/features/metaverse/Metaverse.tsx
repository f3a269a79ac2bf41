import { makeStyles, SearchBox, ToggleButton, tokens } from '@fluentui/react-components'
import { useMemo, type ReactNode } from 'react'
import { navigate, refine, useRoute } from '../../app/route.ts'
import { texts } from '../../texts.ts'
import { ScreenHeader } from '../../ui/ScreenHeader.tsx'
import { SplitView } from '../../ui/SplitView.tsx'
import { ClauseEditor } from './ClauseEditor.tsx'
import { readClauses, writeClauses } from './clauses.ts'
import { Disconnectors } from './Disconnectors.tsx'
import { ObjectPage } from './ObjectPage.tsx'
import { AllPersons, FoundPersons, listId } from './PersonLists.tsx'

const useStyles = makeStyles({
  body: { display: 'flex', flexDirection: 'column', padding: `0 ${tokens.spacingHorizontalXL} ${tokens.spacingVerticalM}`, minHeight: 0, flexGrow: 1 },
  list: { display: 'flex', flexDirection: 'column', minHeight: 0, height: '100%' },
  search: { margin: tokens.spacingVerticalS, maxWidth: 'none', flexShrink: 0 },
})

/** The joined persons: found by any attribute, each with where every value comes from. */
export function Metaverse(): ReactNode {
  const styles = useStyles()
  const { parameters } = useRoute((state) => state.route)
  const text = parameters['text'] ?? ''
  const clauses = useMemo(() => readClauses(parameters['where'] ?? ''), [parameters['where']])
  const isLeft = parameters['list'] === 'left'
  const selected = parameters['selected']
  const closeDetail = (): void => {
    refine({ detail: null })
    requestAnimationFrame(() => document.getElementById(listId)?.focus())
  }
  return (
    <>
      <ScreenHeader title={texts.screens.metaverse}>
        <div role="group" aria-label={texts.metaverse.tabsLabel}>
          <ToggleButton appearance="subtle" checked={!isLeft} onClick={() => navigate('metaverse')}>{texts.metaverse.tabs.persons}</ToggleButton>
          <ToggleButton appearance="subtle" checked={isLeft} onClick={() => navigate('metaverse', { list: 'left' })}>{texts.metaverse.tabs.left}</ToggleButton>
        </div>
      </ScreenHeader>
      <div className={styles.body}>
        <SplitView id="metaverse" initialShare={52} isDetailOpen={parameters['detail'] === 'open' && selected !== undefined} onBack={closeDetail}
          list={isLeft ? <div className={styles.list}><Disconnectors /></div> : (
            <div className={styles.list}>
              <SearchBox className={styles.search} value={text} onChange={(_event, data) => refine({ text: data.value })} placeholder={texts.metaverse.search} aria-label={texts.metaverse.search} />
              <ClauseEditor clauses={clauses} onChange={(changed) => refine({ where: writeClauses(changed) })} />
              {clauses.length === 0 ? <AllPersons text={text} /> : <FoundPersons text={text} clauses={clauses} />}
            </div>
          )}
          detail={selected === undefined ? null : <ObjectPage key={selected} id={selected} />} />
      </div>
    </>
  )
}
