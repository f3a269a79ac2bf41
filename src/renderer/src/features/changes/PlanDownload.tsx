import { Menu, MenuButton, MenuItem, MenuList, MenuPopover, MenuTrigger } from '@fluentui/react-components'
import { ArrowDownloadRegular } from '@fluentui/react-icons'
import { useState, type ReactNode } from 'react'
import type { Problem } from '../../../../shared/domain/problem.ts'
import { ofError, useClient } from '../../app/service.tsx'
import { texts } from '../../texts.ts'
import { downloadText } from '../../ui/download.ts'
import { planFormats, renderPlan, type PlanFormat } from './renderPlan.ts'

const mediaTypes: Readonly<Record<PlanFormat, string>> = { csv: 'text/csv;charset=utf-8', ldif: 'text/ldif;charset=utf-8', jsonl: 'application/jsonl;charset=utf-8' }

/** The plan for people who do not have this window: a table, LDIF, or the very file that the command line exports. */
export function PlanDownload({ onProblem, onSay }: { readonly onProblem: (problem: Problem | null) => void; readonly onSay: (sentence: string) => void }): ReactNode {
  const client = useClient()
  const [done, setDone] = useState<number | null>(null)
  const save = async (format: PlanFormat): Promise<void> => {
    setDone(0)
    onProblem(null)
    try {
      const rendered = await renderPlan(client, format, setDone)
      if (!rendered.ok) return onProblem(rendered.problem)
      const { parts, changes, hash } = rendered.value
      downloadText(texts.review.fileName(hash, format), mediaTypes[format], parts.join(''))
      onSay(texts.review.exported(changes))
    } catch (error) {
      onProblem(ofError(error))
    } finally {
      setDone(null)
    }
  }
  return (
    <Menu>
      <MenuTrigger disableButtonEnhancement><MenuButton icon={<ArrowDownloadRegular />} disabledFocusable={done !== null}>{done === null ? texts.review.exportAs : texts.review.exporting(done)}</MenuButton></MenuTrigger>
      <MenuPopover><MenuList>{planFormats.map((format) => <MenuItem key={format} onClick={() => void save(format)}>{texts.review.formats[format]}</MenuItem>)}</MenuList></MenuPopover>
    </Menu>
  )
}
