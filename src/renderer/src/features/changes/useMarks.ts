import { useCallback, useState } from 'react'
import type { ChangeRow } from '../../../../shared/domain/listRows.ts'
import type { Chosen } from './ExcludeDialog.tsx'

export type Marks = { readonly chosen: Chosen; readonly has: (row: ChangeRow) => boolean; readonly toggle: (row: ChangeRow) => void; readonly clear: () => void }

const none: ReadonlyMap<string, string> = new Map()

/** Rows that were chosen one by one. They keep their names, because a search may take their rows away. */
export function useMarks(): Marks {
  const [names, setNames] = useState(none)
  const toggle = useCallback((row: ChangeRow) => setNames((before) => {
    const rest = [...before].filter(([id]) => id !== row.metaverseId)
    return new Map(before.has(row.metaverseId) ? rest : [...rest, [row.metaverseId, nameOfRow(row)]])
  }), [])
  const clear = useCallback(() => setNames(none), [])
  return { chosen: [...names], has: (row) => names.has(row.metaverseId), toggle, clear }
}

export function nameOfRow({ displayName, dn }: ChangeRow): string {
  return displayName ?? dn
}
