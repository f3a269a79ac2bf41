import { makeStyles, MessageBar, MessageBarBody, Skeleton, SkeletonItem, Tab, TabList, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import { refine, useRoute } from '../../app/route.ts'
import { useAnswer } from '../../app/service.tsx'
import { texts } from '../../texts.ts'
import { ProblemMessage } from '../../ui/ProblemMessage.tsx'
import { ScreenHeader } from '../../ui/ScreenHeader.tsx'
import { readShownRules } from './readShownRules.ts'
import { RuleTable } from './RuleTable.tsx'

const useStyles = makeStyles({
  body: { display: 'grid', gap: tokens.spacingVerticalM, padding: `0 ${tokens.spacingHorizontalXL} ${tokens.spacingVerticalXL}` },
  text: { margin: 0, padding: tokens.spacingHorizontalM, overflow: 'auto', fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200, backgroundColor: tokens.colorNeutralBackground1, border: `1px solid ${tokens.colorNeutralStroke2}`, borderRadius: tokens.borderRadiusMedium },
})

/** The rules in force: what each reads, writes and decides, and the text that they stand in. They are changed in their file. */
export function Rules(): ReactNode {
  const styles = useStyles()
  const rules = useAnswer('rules.read', {})
  const view = useRoute((state) => state.route.parameters['view']) ?? 'rules'
  if (rules.status === 'loading') return <><ScreenHeader title={texts.screens.rules} /><Skeleton className={styles.body} aria-label={texts.list.loading}><SkeletonItem size={128} /></Skeleton></>
  if (rules.status === 'failed') return <><ScreenHeader title={texts.screens.rules} /><div className={styles.body}><ProblemMessage problem={rules.problem} /></div></>
  const shown = readShownRules(rules.value.text)
  return (
    <>
      <ScreenHeader title={texts.screens.rules} about={rules.value.name} />
      <div className={styles.body}>
        <MessageBar intent="info" layout="multiline"><MessageBarBody>{texts.rules.howToChange}</MessageBarBody></MessageBar>
        <TabList selectedValue={view} onTabSelect={(_event, data) => refine({ view: String(data.value) })}>
          <Tab value="rules">{texts.rules.asTable}</Tab>
          <Tab value="text">{texts.rules.asText}</Tab>
        </TabList>
        {view === 'text' ? <pre className={styles.text} tabIndex={0} aria-label={texts.rules.asText}>{rules.value.text}</pre> : shown.map((rule) => <RuleTable key={rule.name} rule={rule} />)}
      </div>
    </>
  )
}
