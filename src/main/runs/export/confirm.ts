import { sameValues, type Value } from '../../../shared/domain/attributes.ts'
import type { Change } from '../../../shared/domain/change.ts'
import type { ConnectorObject } from '../../../shared/domain/connectorObject.ts'
import { dnKey, parseDn, sameDn } from '../../../shared/domain/dn.ts'
import type { ObjectGuid } from '../../../shared/domain/ids.ts'
import type { Link } from '../../../shared/domain/metaverse.ts'
import type { ObjectProblem, Problem } from '../../../shared/domain/problem.ts'
import { succeed, type Result } from '../../../shared/domain/result.ts'
import type { Confirmation, ConfirmedAbsence } from '../../store/store.ts'
import type { OpenRun, RunContext } from '../runContext.ts'
import { valuesIgnoringCase } from './drift.ts'
import type { DirectoryTarget } from './directoryTarget.ts'

export type Written = { readonly change: Change; readonly anchor: ObjectGuid }

/**
 * The confirming import: every object that was written is read again on the same controller, stored as imported, and
 * compared with what was asked for. Answers with a problem only where reading itself came to an end.
 */
export async function confirmWritten(context: RunContext, run: OpenRun, target: DirectoryTarget, written: readonly Written[]): Promise<Result<null, Problem>> {
  const shown: Shown[] = []
  let end: Problem | null = null
  for (let first = 0; first < written.length && end === null; first += readAtATime) {
    const batch = written.slice(first, first + readAtATime)
    const reads = await Promise.all(batch.map(({ anchor }) => target.reader.readObject(anchor, target.attributes, context.signal)))
    for (const [index, read] of reads.entries()) {
      const one = batch[index]
      if (one === undefined) continue
      if (read.ok) shown.push({ ...one, now: read.value })
      else end ??= read.problem
    }
  }
  await storeShown(context, run, shown)
  return end === null ? succeed(null) : { ok: false, problem: end }
}

/** So many questions are on the way to the controller at a time. */
const readAtATime = 8

type Shown = Written & { readonly now: ConnectorObject | null }

async function storeShown(context: RunContext, run: OpenRun, shown: readonly Shown[]): Promise<void> {
  for (const { change, anchor, now } of shown) {
    const differences = now === null ? [] : findUnconfirmed(change, now)
    const isKept = change.kind === 'delete' ? now === null : now !== null && differences.length === 0
    run.countObject({ counter: isKept ? 'exportConfirmed' : 'exportNotConfirmed', connector: 'ad', id: anchor })
    if (!isKept) await run.addProblems([notConfirmed(change, now, differences)])
  }
  const confirmations = shown.flatMap(({ change, anchor, now }): readonly Confirmation[] => (now === null ? [] : [{ object: now, link: linkFor(change, anchor) }]))
  const absent = shown.filter(({ now }) => now === null).map(({ anchor }): ConfirmedAbsence => ({ connector: 'ad', anchor }))
  await context.store.confirmImport(run.id, confirmations, absent)
  await context.store.removePending(shown.map(({ change }) => change.metaverseId))
}

/** A restored account is linked again by its objectGUID: the deletion had taken the link off (sync-semantics 17). */
function linkFor(change: Change, anchor: ObjectGuid): { readonly metaverseId: string; readonly link: Link } | null {
  if (change.kind !== 'create' && change.kind !== 'restore') return null
  return { metaverseId: change.metaverseId, link: { connector: 'ad', anchor, origin: { kind: 'provisioned', rule: change.rule } } }
}

type Unconfirmed = { readonly name: string; readonly asked: readonly Value[]; readonly found: readonly Value[] }

function findUnconfirmed(change: Change, now: ConnectorObject): readonly Unconfirmed[] {
  const differences: Unconfirmed[] = []
  const wantedDn = change.kind === 'create' ? change.dn : (change.newDn ?? change.dn)
  if (now.dn === null || !sameDn(now.dn, wantedDn)) differences.push({ name: 'dn', asked: [wantedDn], found: now.dn === null ? [] : [now.dn] })
  for (const { name, before, after, isGenerated } of change.attributes) {
    if (isGenerated === true || name.toLowerCase() === 'dn') continue
    const found = valuesIgnoringCase(now, name)
    const isAsAsked = name.toLowerCase() === 'useraccountcontrol' ? hasBits(Number(before[0] ?? 0), Number(after[0] ?? 0), Number(found[0] ?? 0)) : sameAsWritten(after, found)
    if (!isAsAsked) differences.push({ name, asked: after, found })
  }
  return differences
}

/** The bits that were set are set, those that were cleared are clear; the directory may have set others (locked out …). */
function hasBits(before: number, after: number, found: number): boolean {
  const set = after
  const cleared = before & ~after
  return (found & set) === set && (found & cleared) === 0
}

function sameAsWritten(asked: readonly Value[], found: readonly Value[]): boolean {
  if (sameValues(asked, found)) return true
  const keys = (values: readonly Value[]) => values.map((value) => (typeof value === 'string' && value.includes('=') ? dnKeyOf(value) : String(value)))
  return sameValues(keys(asked), keys(found))
}

/** Names of other objects come back in the directory's own spelling. */
function dnKeyOf(text: string): string {
  const dn = parseDn(text)
  return dn.ok ? dnKey(dn.value) : text
}

function notConfirmed(change: Change, now: ConnectorObject | null, differences: readonly Unconfirmed[]): ObjectProblem {
  const text = (values: readonly Value[]) => (values.length === 0 ? 'no value' : values.map((value) => `"${String(value)}"`).join(', '))
  const what = change.kind === 'delete' ? 'the object is still there' : now === null
    ? 'the object is not there'
    : differences.map(({ name, asked, found }) => `${name} should be ${text(asked)} and is ${text(found)}`).join('; ')
  return {
    kind: 'notConfirmed', connector: 'ad', object: change.dn,
    message: `${change.dn} was written, but the directory does not show it as asked: ${what}.`,
    remedy: 'Somebody or something else changes this account. Look at it in the directory, then run the cycle again.',
    detail: { dn: change.dn },
  }
}
