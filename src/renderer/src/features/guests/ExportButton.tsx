import { Button } from '@fluentui/react-components'
import { ArrowDownloadRegular } from '@fluentui/react-icons'
import { useState, type ReactNode } from 'react'
import type { Problem } from '../../../../shared/domain/problem.ts'
import { ofError, useClient } from '../../app/service.tsx'
import type { ViewRequest } from '../../app/useView.ts'
import { texts } from '../../texts.ts'
import { downloadText } from '../../ui/download.ts'
import { exportGuests } from './exportGuests.ts'

type ExportButtonProps = { readonly request: ViewRequest; readonly isDisabled: boolean; readonly onProblem: (problem: Problem | null) => void; readonly onExported: (rows: number) => void }

/** What the list shows at present, search, facets and order included, as a table for a spreadsheet. */
export function ExportButton({ request, isDisabled, onProblem, onExported }: ExportButtonProps): ReactNode {
  const client = useClient()
  const [isBusy, setBusy] = useState(false)
  const save = async (): Promise<void> => {
    setBusy(true)
    onProblem(null)
    try {
      const table = await exportGuests(client, request)
      if (!table.ok) return onProblem(table.problem)
      downloadText(texts.guests.file, 'text/csv;charset=utf-8', table.value.text)
      onExported(table.value.rows)
    } catch (error) {
      onProblem(ofError(error))
    } finally {
      setBusy(false)
    }
  }
  return <Button icon={<ArrowDownloadRegular />} disabled={isDisabled} disabledFocusable={isBusy} onClick={() => void save()}>{isBusy ? texts.guests.exporting : texts.guests.export}</Button>
}
