import type { ExistingChange } from '../../shared/domain/change.ts'
import type { SkipReason } from '../../shared/domain/decision.ts'
import { parseObjectGuid } from '../../shared/domain/ids.ts'
import { readControl } from './accountControl.ts'
import type { EngineSettings, OutboundInput } from './contract.ts'
import { controlNotRead, unusableAccount } from './accountProblems.ts'
import { judgeLeaver, type LeaverVerdict } from './judgeLeaver.ts'
import { fenceOff, isOurs } from './ownership.ts'
import { entraIdOf } from './personIdentity.ts'
import { preconditionOf } from './precondition.ts'
import { standingOfLeaver } from './standing.ts'
import { subjectOf } from './subject.ts'

export type LeaverDecision = { readonly kind: 'change'; readonly change: ExistingChange } | { readonly kind: 'skip'; readonly reason: SkipReason }

/**
 * What becomes of the account of a person whose guest is not in scope any more: the lifecycle decides, never the scope of an
 * outbound rule (sync-semantics 6), and only about accounts that we made or adopted. Nothing changes without proof
 * (sync-semantics 7). No values flow: there is nobody left whom they would describe.
 */
export function decideAboutLeaver(settings: EngineSettings, input: OutboundInput, rule: string): LeaverDecision {
  const linkedGuest = input.guest !== null && input.person.links.some(({ connector, anchor }) => connector === 'entra' && anchor === input.guest?.anchor)
  // A guest who is linked comes here as blocked only, where no outbound rule is in scope.
  return decideByVerdict(settings, input, rule, linkedGuest ? { kind: 'left', why: 'blocked' } : judgeLeaver(input.guest, input.absence))
}

function decideByVerdict(settings: EngineSettings, input: OutboundInput, rule: string, verdict: LeaverVerdict): LeaverDecision {
  const { person, guest, account } = input
  const skip = (reason: SkipReason): LeaverDecision => ({ kind: 'skip', reason })
  // Neither guest nor account: the run deletes such a person, there is nothing to be done outside.
  if (account === null) return skip({ kind: 'unchanged' })
  const anchor = parseObjectGuid(account.anchor)
  if (account.dn === null || !anchor.ok) return skip({ kind: 'problem', problem: unusableAccount(account) })
  const leftAlone: SkipReason = { kind: 'leaver', why: guest === null ? 'guestMissing' : 'guestOutOfScope', account: account.dn }
  const entraId = entraIdOf(person)
  if (entraId === null || !isOurs(person, account, entraId)) return skip(leftAlone)
  const fenced = fenceOff(settings, account, account.dn, { entraId, decidedFor: null })
  if (fenced !== null) return skip(fenced)
  if (verdict.kind === 'masteredElsewhere') return skip(leftAlone)
  if (verdict.kind === 'becameMember') return skip({ kind: 'becameMember', account: account.dn })
  if (verdict.kind === 'unclear') return skip({ kind: 'absenceUnclear', why: verdict.why, account: account.dn })

  const control = readControl(account)
  if (control === null) return skip({ kind: 'problem', problem: controlNotRead(account) })
  const standing = standingOfLeaver(settings, { dn: account.dn, anchor: account.anchor, control, ownDisable: input.ownDisable, rule }, verdict.why)
  if (standing.kind === 'asItIs') return skip({ kind: 'unchanged' })
  if (standing.kind === 'report') return skip(standing.reason)
  const { change } = standing
  return {
    kind: 'change',
    change: {
      ...change, metaverseId: person.id, subject: subjectOf(person, guest, account), rule, anchor: anchor.value, dn: account.dn,
      precondition: preconditionOf({ account, compared: {}, alsoRead: [], kind: change.kind }),
    },
  }
}
