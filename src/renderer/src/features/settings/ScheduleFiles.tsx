import { Accordion, AccordionHeader, AccordionItem, AccordionPanel, makeStyles, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import type { ScheduleShown } from '../../../../shared/api/unattendedCalls.ts'
import { scheduleTexts } from '../../texts/schedule.ts'
import { ScriptToCopy } from '../../ui/ScriptToCopy.tsx'

const words = scheduleTexts.schedule

const useStyles = makeStyles({
  files: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: tokens.spacingVerticalM },
  title: { margin: 0, fontSize: tokens.fontSizeBase300 },
  list: { margin: 0, paddingLeft: tokens.spacingHorizontalL, overflowWrap: 'anywhere' },
})

/** What stands in the system for the schedule, word for word, and what Guestbridge does not do itself. */
export function ScheduleFiles({ shown: { isInstalled, files, besides } }: { readonly shown: ScheduleShown }): ReactNode {
  const styles = useStyles()
  return (
    <>
      {besides.length > 0 && <div><h3 className={styles.title}>{words.besides}</h3><ul className={styles.list}>{besides.map((step) => <li key={step}>{step}</li>)}</ul></div>}
      <Accordion collapsible>
        <AccordionItem value="files">
          <AccordionHeader as="h3">{isInstalled ? words.files(files.length) : words.filesBefore(files.length)}</AccordionHeader>
          <AccordionPanel className={styles.files}>{files.map(({ path, text }) => <ScriptToCopy key={path} title={path} language={words.file} text={text} />)}</AccordionPanel>
        </AccordionItem>
      </Accordion>
    </>
  )
}
