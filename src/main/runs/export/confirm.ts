import { sameValues, type Value } from '../../../shared/domain/attributes.ts'
import type { Change } from '../../../shared/domain/change.ts'
import type { ConnectorObject } from '../../../shared/domain/connectorObject.ts'
import { dnKey, parseDn, sameDn } from '../../../shared/domain/dn.ts'
import type { ObjectGuid } from '../../../shared/domain/ids.ts'
import type { Link } from '../../../shared/domain/metaverse.ts'
import type { ObjectProblem, Problem } from '../../../shared/domain/problem.ts'
import { succeed, type Result } from '../../../shared/domain/result.ts'
import type { Confirmation } from '../../store/store.ts'
import type { OpenRun, RunContext } from '../runContext.ts'
import { valuesIgnoringCase } from './drift.ts'
import type { DirectoryTarget } from './directoryTarget.ts'

export type Written = { readonly change: Change; readonly anchor: ObjectGuid }

/**
 * The confirming import: every object that was written is read again on the same controller, stored as imported, and
 * compared with what was asked for. Answers with a problem only where reading itself came to an end.
 */
export async function confirmWritten(context: RunContext, run: OpenRun, target: DirectoryTarget, written: readonly Written[]): Promise<Result<null, Problem>> {
  const confirmations: Confirmation[] = []
  const shown: string[] = []
  let end: Problem | null = null
  for (const { change, anchor } of written) {
    const read = await target.reader.readObject(anchor, target.attributes, context.signal)
    if (!read.ok) {
      end = read.problem
      break
    }
    const differences = read.value === null ? [] : findUnconfirmed(change, read.value)
    if (read.value !== null) confirmations.push({ object: read.value, link: linkFor(change, anchor) })
    const isKept = change.kind === 'delete' ? read.value === null : read.value !== null && differences.length === 0
    run.count(isKept ? 'exportConfirmed' : 'exportNotConfirmed')
    if (!isKept) await run.addProblems([notConfirmed(change, read.value, differences)])
    shown.push(change.metaverseId)
  }
  await context.store.confirmImport(run.id, confirmations)
  await context.store.removePending(shown)
  return end === null ? succeed(null) : { ok: false, problem: end }
}

function linkFor(change: Change, anchor: ObjectGuid): { readonly metaverseId: string; readonly link: Link } | null {
  if (change.kind !== 'create') return null
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
  const what = now === null
    ? 'the object is not there'
    : differences.map(({ name, asked, found }) => `${name} should be ${text(asked)} and is ${text(found)}`).join('; ')
  return {
    kind: 'notConfirmed', connector: 'ad', object: change.dn,
    message: `${change.dn} was written, but the directory does not show it as asked: ${what}.`,
    remedy: 'Somebody or something else changes this account. Look at it in the directory, then run the cycle again.',
    detail: { dn: change.dn },
  }
}
