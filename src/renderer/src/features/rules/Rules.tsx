import { Button, makeStyles, Skeleton, SkeletonItem, Tab, TabList, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import type { Outputs } from '../../../../shared/api/contract.ts'
import { refine, useRoute } from '../../app/route.ts'
import { useAnswer } from '../../app/service.tsx'
import { texts } from '../../texts.ts'
import { ProblemMessage } from '../../ui/ProblemMessage.tsx'
import { ScreenHeader } from '../../ui/ScreenHeader.tsx'
import { CompareAndSave } from './CompareAndSave.tsx'
import { useDraft, writeDraft } from './draft.ts'
import { MetaverseSchema } from './MetaverseSchema.tsx'
import { RulesPicture } from './RulesPicture.tsx'
import { RulesText } from './RulesText.tsx'
import { useValidation } from './useValidation.ts'
import { Versions } from './Versions.tsx'

const views = ['picture', 'text', 'schema', 'compare', 'versions'] as const

const useStyles = makeStyles({
  body: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM, padding: `0 ${tokens.spacingHorizontalXL} ${tokens.spacingVerticalL}`, minHeight: 0, flexGrow: 1 },
  tabs: { flexWrap: 'wrap', marginLeft: '-8px', flexShrink: 0 },
  panel: { display: 'flex', flexDirection: 'column', flexGrow: 1, minHeight: 0 },
})

/** The rules by which guests become accounts: as a picture, as text, and what another text would change. */
export function Rules(): ReactNode {
  const styles = useStyles()
  const inForce = useAnswer('rules.read', {})
  if (inForce.status === 'failed') return <><ScreenHeader title={texts.screens.rules} /><div className={styles.body}><ProblemMessage problem={inForce.problem} /></div></>
  if (inForce.status === 'loading') return <><ScreenHeader title={texts.screens.rules} /><Skeleton className={styles.body} aria-label={texts.list.loading}><SkeletonItem size={32} /><SkeletonItem size={128} /><SkeletonItem size={128} /></Skeleton></>
  return <RulesOf inForce={inForce.value} />
}

function RulesOf({ inForce }: { readonly inForce: Outputs['rules.read'] }): ReactNode {
  const styles = useStyles()
  const wanted = useRoute((state) => state.route.parameters['view'])
  const draft = useDraft((state) => state.text)
  const text = draft ?? inForce.text
  const validation = useValidation(text)
  const view = views.find((known) => known === wanted) ?? 'picture'
  const isChanged = text !== inForce.text
  return (
    <>
      <ScreenHeader title={texts.screens.rules} about={isChanged ? texts.rules.draft(inForce.name) : texts.rules.about(inForce.name)}>
        {isChanged && <Button onClick={() => useDraft.setState({ text: null })}>{texts.rules.discard}</Button>}
        {isChanged && view !== 'compare' && <Button appearance="primary" onClick={() => refine({ view: 'compare' })}>{texts.rules.review}</Button>}
      </ScreenHeader>
      <div className={styles.body}>
        <TabList className={styles.tabs} selectedValue={view} onTabSelect={(_event, data) => refine({ view: data.value === 'picture' ? null : String(data.value) })} aria-label={texts.rules.views.label}>
          {views.map((one) => <Tab key={one} value={one} id={`rules-tab-${one}`} aria-controls="rules-panel">{texts.rules.views[one]}</Tab>)}
        </TabList>
        {validation.failure !== null && <ProblemMessage problem={validation.failure} />}
        <div className={styles.panel} role="tabpanel" id="rules-panel" aria-labelledby={`rules-tab-${view}`}>
          {view === 'picture' && <RulesPicture outline={validation.outline} />}
          {view === 'text' && <RulesText text={text} validation={validation} onChange={(next) => writeDraft(next, inForce.text)} />}
          {view === 'schema' && <MetaverseSchema outline={validation.outline} />}
          {view === 'compare' && <CompareAndSave text={text} inForce={inForce} validation={validation} />}
          {view === 'versions' && <Versions inForceText={inForce.text} />}
        </div>
      </div>
    </>
  )
}
