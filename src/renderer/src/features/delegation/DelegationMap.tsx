import { makeStyles, tokens } from '@fluentui/react-components'
import { useMemo, useRef, type KeyboardEvent, type ReactNode } from 'react'
import type { DelegationReport } from '../../../../shared/api/delegationCalls.ts'
import { refine } from '../../app/route.ts'
import { delegationTexts } from '../../texts/delegation.ts'
import { isSamePlace, selectPlace, type DelegationPlace } from './delegationPlace.ts'
import { groupsOfMap, placesOfMap } from './mapGroups.ts'
import { MapTable } from './MapTable.tsx'
import { moveOnMap } from './moveOnMap.ts'

const useStyles = makeStyles({ map: { overflow: 'auto', flexGrow: 1, minHeight: 0, padding: `0 ${tokens.spacingHorizontalM} ${tokens.spacingVerticalM}` } })

/** Connectors and applications, each pair with what was found. One stop of the Tab key; arrows move over all of it. */
export function DelegationMap({ report, selected }: { readonly report: DelegationReport; readonly selected: DelegationPlace | null }): ReactNode {
  const styles = useStyles()
  const frame = useRef<HTMLDivElement>(null)
  const groups = useMemo(() => groupsOfMap(report), [report])
  const places = useMemo(() => placesOfMap(groups), [groups])
  const entry = selected ?? places[0]?.[0] ?? null
  const open = (place: DelegationPlace): void => {
    if (!isSamePlace(selected, place)) selectPlace(place)
    refine({ detail: 'open' })
  }
  const onKey = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.altKey || event.metaKey || selected === null) return
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault()
      return open(selected)
    }
    const row = places.findIndex((line) => line.some((place) => isSamePlace(selected, place)))
    const column = places[row]?.findIndex((place) => isSamePlace(selected, place)) ?? 0
    // Headings begin one column further in than the applications below them.
    const offsets = places.map(([first]) => (first?.kind === 'connector' ? 1 : 0))
    const moved = moveOnMap(event.key, { row, column }, places.map(({ length }) => length), offsets)
    const next = moved === null ? undefined : places[moved.row]?.[moved.column]
    if (next === undefined) return
    event.preventDefault()
    focusPlace(frame.current, next)
  }
  return (
    <div ref={frame} className={styles.map} role="group" aria-label={delegationTexts.map.label} onKeyDown={onKey}>
      {groups.map((group) => <MapTable key={group.name ?? ''} group={group} report={report} selected={selected} entry={entry} onSelect={selectPlace} onOpen={open} />)}
    </div>
  )
}

/** A place is selected by getting the focus. */
function focusPlace(frame: HTMLElement | null, place: DelegationPlace): void {
  frame?.querySelector<HTMLElement>(`[data-place="${CSS.escape(JSON.stringify(place))}"]`)?.focus()
}

/** For whoever comes back from what a place says. */
export function focusSelectedPlace(): void {
  requestAnimationFrame(() => document.querySelector<HTMLElement>('[data-place][tabindex="0"]')?.focus())
}
