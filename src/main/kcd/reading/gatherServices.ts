import type { DelegationFacts, Reading, SpnOwner } from '../../../shared/domain/delegation.ts'
import { spnKey } from '../../../shared/domain/spn.ts'
import type { DelegationReader } from '../../connectors/delegationPorts.ts'
import type { DelegationSources } from './delegationSources.ts'

type Owners = ReadonlyMap<string, Reading<readonly SpnOwner[]>>

/** Who owns each SPN, in both domains. One that is empty has nobody to be looked up. */
export async function gatherServices({ accounts, resources }: DelegationSources, spns: readonly string[], signal: AbortSignal): Promise<DelegationFacts['services']> {
  const asked = [...new Map(spns.filter((spn) => spn !== '').map((spn) => [spnKey(spn), spn])).values()]
  const answers = [await findOwners(accounts, asked, signal), ...(resources === null ? [] : [await findOwners(resources, asked, signal)])]
  return Object.fromEntries([
    ...(spns.includes('') ? [[spnKey(''), { kind: 'notRead', why: 'no service principal name is set' }] as const] : []),
    ...asked.map((spn) => [spnKey(spn), combine(answers.map((owners) => owners.get(spn) ?? { kind: 'notRead', why: `${spn} was not answered` }))] as const),
  ])
}

async function findOwners(reader: DelegationReader, spns: readonly string[], signal: AbortSignal): Promise<Owners> {
  const found = await reader.findOwners(spns, signal)
  if (found.ok) return found.value
  return new Map(spns.map((spn) => [spn, { kind: 'notRead', why: found.problem.message }]))
}

/** Half an answer is none: in the domain that did not answer there may be a second owner. */
function combine(answers: readonly Reading<readonly SpnOwner[]>[]): Reading<readonly SpnOwner[]> {
  const owners = new Map<string, SpnOwner>()
  for (const answer of answers) {
    if (answer.kind === 'notRead') return answer
    for (const owner of answer.value) {
      const key = `${owner.by} ${owner.account.anchor}`
      if (!owners.has(key)) owners.set(key, owner)
    }
  }
  return { kind: 'read', value: [...owners.values()] }
}
