import type { PersonRow } from '../../../shared/domain/listRows.ts'
import { texts } from '../texts.ts'
import { navigate, screens } from './route.ts'
import { useAppearance } from './theme.ts'
import type { Found } from './usePaletteSearch.ts'

export type PaletteEntry = { readonly key: string; readonly title: string; /** DN, UPN or the like. */ readonly detail: string | null; readonly run: () => void }
export type PaletteGroup = { readonly name: keyof typeof texts.palette.groups; readonly entries: readonly PaletteEntry[] }

/** What only the window can do: start runs, stop them, show the keys. */
export type Actions = { readonly runProfile: (profile: string) => void; readonly cancelRuns: (() => void) | null; readonly showKeys: () => void }

/** All that the typed words lead to, in the order in which it is offered. */
export function paletteGroups(text: string, found: Found, actions: Actions): readonly PaletteGroup[] {
  const words = text.toLowerCase().split(/\s+/)
  const matches = ({ title }: PaletteEntry): boolean => words.every((word) => title.toLowerCase().includes(word))
  const groups: readonly PaletteGroup[] = [
    { name: 'screens', entries: screens.map((screen) => entry(`screen ${screen}`, texts.screens[screen], null, () => navigate(screen))).filter(matches) },
    { name: 'commands', entries: [...commands(actions).filter(matches), ...previewOf(text)] },
    { name: 'guests', entries: found.guests.map((row) => entry(`guest ${row.id}`, [row.displayName ?? row.id, row.company].filter((part) => part !== null).join(' · '), row.userPrincipalName, () => navigate('guests', { selected: row.id, detail: 'open' }))) },
    { name: 'persons', entries: [...found.persons.map(ofPerson), ...aloneEntries(found)] },
  ]
  return groups.filter(({ entries }) => entries.length > 0)
}

function commands({ runProfile, cancelRuns, showKeys }: Actions): readonly PaletteEntry[] {
  const words = texts.palette.commands
  const theme = (name: 'light' | 'dark' | 'contrast' | 'system'): PaletteEntry => entry(`theme ${name}`, words[name], null, () => useAppearance.setState({ theme: name }))
  const density = (name: 'comfortable' | 'compact'): PaletteEntry => entry(`density ${name}`, words[name], null, () => useAppearance.setState({ density: name }))
  return [
    entry('cycle', words.cycle, null, () => runProfile('cycle')), entry('delta cycle', words.deltaCycle, null, () => runProfile('delta cycle')),
    // Nothing is approved from here: an approval names what was seen.
    entry('review', words.review, null, () => navigate('changes')),
    entry('invite', words.invite, null, () => navigate('guests', { invite: 'one' })), entry('invite list', words.inviteList, null, () => navigate('guests', { invite: 'list' })),
    entry('connect', words.connect, null, () => navigate('settings', { connect: 'tenant' })),
    ...(cancelRuns === null ? [] : [entry('cancel', words.cancel, null, cancelRuns)]),
    entry('keys', words.keys, null, showKeys),
    theme('light'), theme('dark'), theme('contrast'), theme('system'), density('comfortable'), density('compact'),
  ]
}

/** Whoever pastes an id, a DN or an address mostly wants to know why. */
function previewOf(text: string): readonly PaletteEntry[] {
  return /[@=\-#]/.test(text) && text.length > 3 ? [entry('preview', texts.palette.commands.previewOf(text), null, () => navigate('preview', { id: text }))] : []
}

function ofPerson({ metaverseId: id, displayName, userPrincipalName }: PersonRow): PaletteEntry {
  return entry(`person ${id}`, displayName ?? id, userPrincipalName, () => navigate('metaverse', { selected: id, detail: 'open' }))
}

function aloneEntries({ alone }: Found): readonly PaletteEntry[] {
  const end = alone?.account ?? alone?.guest ?? null
  if (end === null) return []
  const name = end.attributes['displayName']?.[0]
  return [entry(`alone ${end.anchor}`, name === undefined ? end.anchor : String(name), end.dn ?? end.anchor, () => navigate('metaverse', { list: 'left', selected: end.anchor, detail: 'open' }))]
}

function entry(key: string, title: string, detail: string | null, run: () => void): PaletteEntry {
  return { key, title, detail, run }
}
