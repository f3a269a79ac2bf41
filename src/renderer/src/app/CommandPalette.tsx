import { Dialog, DialogSurface, Input, makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { SearchRegular } from '@fluentui/react-icons'
import { useEffect, useState, type KeyboardEvent, type ReactNode } from 'react'
import { texts } from '../texts.ts'
import { useReturnFocus } from '../ui/useReturnFocus.ts'
import { ProblemMessage } from '../ui/ProblemMessage.tsx'
import { paletteGroups, type Actions, type PaletteEntry } from './paletteEntries.ts'
import { usePaletteSearch } from './usePaletteSearch.ts'

const listId = 'palette-results'

const useStyles = makeStyles({
  surface: { padding: 0, maxWidth: '640px', width: '92vw', marginTop: '10vh', marginBottom: 'auto', overflow: 'hidden', display: 'flex', flexDirection: 'column', maxHeight: '76vh' },
  input: { margin: tokens.spacingVerticalM, flexShrink: 0 },
  list: { overflowY: 'auto', minHeight: 0, padding: `0 ${tokens.spacingHorizontalS} ${tokens.spacingVerticalS}` },
  group: { fontSize: tokens.fontSizeBase200, fontWeight: tokens.fontWeightSemibold, color: tokens.colorNeutralForeground2, padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalS} ${tokens.spacingVerticalXXS}` },
  option: { display: 'flex', gap: tokens.spacingHorizontalM, alignItems: 'baseline', padding: `6px ${tokens.spacingHorizontalS}`, borderRadius: tokens.borderRadiusMedium, cursor: 'pointer', ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover } },
  current: { backgroundColor: tokens.colorBrandBackground2, boxShadow: `inset 3px 0 0 ${tokens.colorBrandStroke1}`, '@media (forced-colors: active)': { outline: '2px solid Highlight', outlineOffset: '-2px' } },
  title: { flexShrink: 0, maxWidth: '60%', overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  detail: { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  foot: { flexShrink: 0, borderTop: `1px solid ${tokens.colorNeutralStroke2}`, padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`, fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2, display: 'flex', justifyContent: 'space-between', gap: tokens.spacingHorizontalM },
})

/** Any screen, guest, account or command by typing. It stays on the page while it is closed, so that Fluent UI can close it. */
export function CommandPalette({ isOpen, actions, onClose }: { readonly isOpen: boolean; readonly actions: Actions; readonly onClose: () => void }): ReactNode {
  const styles = useStyles()
  return (
    <Dialog open={isOpen} onOpenChange={(_event, data) => { if (!data.open) onClose() }}>
      <DialogSurface className={styles.surface} aria-label={texts.palette.title}><Palette actions={actions} onClose={onClose} /></DialogSurface>
    </Dialog>
  )
}

/** The focus stays in the field, the arrows move the choice. */
function Palette({ actions, onClose }: { readonly actions: Actions; readonly onClose: () => void }): ReactNode {
  const styles = useStyles()
  useReturnFocus()
  const [typed, setTyped] = useState('')
  const [current, setCurrent] = useState(0)
  const text = typed.trim()
  const search = usePaletteSearch(text)
  const groups = paletteGroups(text, search.status === 'failed' ? { guests: [], persons: [], alone: null } : search.found, actions)
  const entries = groups.flatMap((group) => group.entries)
  const chosen = entries[Math.min(current, entries.length - 1)]
  const go = (entry: PaletteEntry): void => { onClose(); entry.run() }
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && chosen !== undefined) { event.preventDefault(); return go(chosen) }
    const next = nextChoice(event.key, Math.min(current, entries.length - 1), entries.length)
    if (next === null) return
    event.preventDefault()
    setCurrent(next)
  }
  useEffect(() => { if (chosen !== undefined) document.getElementById(optionId(chosen))?.scrollIntoView({ block: 'nearest' }) }, [chosen?.key])
  return (
    <>
      <Input className={styles.input} size="large" autoFocus contentBefore={<SearchRegular />} value={typed} placeholder={texts.palette.placeholder} onChange={(_event, data) => { setTyped(data.value); setCurrent(0) }} onKeyDown={onKey}
        input={{ 'role': 'combobox', 'aria-label': texts.palette.title, 'aria-expanded': true, 'aria-controls': listId, 'aria-autocomplete': 'list', ...(chosen === undefined ? {} : { 'aria-activedescendant': optionId(chosen) }) }} />
      {search.status === 'failed' && <ProblemMessage problem={search.problem} />}
      <div id={listId} role="listbox" aria-label={texts.palette.results} className={styles.list} tabIndex={-1}>
        {groups.map((group) => (
          <div key={group.name} role="group" aria-label={texts.palette.groups[group.name]}>
            <div className={styles.group} aria-hidden>{texts.palette.groups[group.name]}</div>
            {group.entries.map((entry) => (
              <div key={entry.key} id={optionId(entry)} role="option" aria-selected={entry === chosen} className={mergeClasses(styles.option, entry === chosen && styles.current)} onClick={() => go(entry)}>
                <bdi className={styles.title}>{entry.title}</bdi>{entry.detail !== null && <bdi className={styles.detail}>{entry.detail}</bdi>}
              </div>
            ))}
          </div>
        ))}
      </div>
      <div className={styles.foot}><span role="status">{search.status === 'searching' ? texts.palette.searching : entries.length === 0 ? texts.palette.none : texts.palette.count(entries.length)}</span><span>{texts.palette.hint}</span></div>
    </>
  )
}

function optionId({ key }: PaletteEntry): string {
  return `palette-${key.replaceAll(' ', '-')}`
}

function nextChoice(key: string, from: number, total: number): number | null {
  if (total === 0) return null
  switch (key) {
    case 'ArrowDown': return (from + 1) % total
    case 'ArrowUp': return (from + total - 1) % total
    case 'PageDown': return Math.min(total - 1, from + 8)
    case 'PageUp': return Math.max(0, from - 8)
    default: return null
  }
}
