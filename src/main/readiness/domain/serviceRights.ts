import { directoryRight } from '../../../shared/domain/directoryRights.ts'
import type { Reading } from '../../../shared/domain/delegation.ts'
import type { Dn } from '../../../shared/domain/ids.ts'
import type { Problem } from '../../../shared/domain/problem.ts'
import { fail, type Result } from '../../../shared/domain/result.ts'
import type { AttributeType, DirectoryInspector } from '../../connectors/readinessPorts.ts'
import { countOf, failed, nameSome, notChecked, notRead, passed } from '../answers.ts'
import type { CheckAnswer } from '../readinessCheck.ts'
import { findMissing, type RightsOutcome } from '../rights/missingRights.ts'
import type { NeededRight } from '../rights/neededRights.ts'
import { grantScripts } from '../scripts/grantScripts.ts'
import { afterSignIn } from './domainWorld.ts'

/** An application, and the accounts of the domain of applications whose key makes its tickets. */
export type ApplicationService = { readonly application: string; readonly spn: string; readonly accounts: Reading<readonly Dn[]> }

const trustAttribute = 'msDS-AllowedToActOnBehalfOfOtherIdentity'

/** Across domains the service alone can let a connector in (MS-SFU 3.2.5.2.3), so what our account needs there is to write that one attribute of the services. */
export function checkServiceRights(listServices: (signal: AbortSignal) => Promise<readonly ApplicationService[]>) {
  return afterSignIn(async ({ inspector }, _signedIn, signal): Promise<CheckAnswer> => {
    const services = await listServices(signal)
    if (services.length === 0) return notChecked('No application is known, so nobody can say what our account has to write.', 'Name the applications under delegation in workspace.json.')
    const unread = services.flatMap(({ spn, accounts }) => (accounts.kind === 'notRead' ? [`${spn}: ${accounts.why}`] : []))
    const owned = accountsOf(services)
    if (owned.length === 0) return notChecked(`No account of this domain has the SPN of ${nameSome(services.map(({ application }) => application))}.`, 'Let guestbridge kcd check say who has it, or register it.', { read: unread })
    const found = await findMissingOnServices(inspector, services, signal)
    if (!found.ok) return notRead(found.problem)
    const { account, missing } = found.value
    const read = [`${account.accountName} (${account.sid}) with ${account.tokenSids.size} SIDs in its token`, ...owned.map((each) => `rights on ${each}`), ...unread]
    if (missing.length > 0) {
      return failed(
        `Our account may not ${nameSome(missing.map(({ words }) => words), 3)}: no connector of another domain can be let in from here.`,
        'Delegate exactly these rights: by the script, or from here with an administrator\'s account of that domain. Or hand the commands of each plan (guestbridge kcd script) to somebody who has them.',
        { read: [...read, ...missing.map(({ words }) => `missing: ${words}`)], scripts: grantScripts(account, missing), canApply: true },
      )
    }
    if (unread.length > 0) return notChecked(`Who has the SPN of ${countOf(unread.length, 'application', 'applications')} could not be read.`, 'Make the global catalog of the domain reachable.', { read })
    return passed(`Our account may say whom ${countOf(owned.length, 'account', 'accounts')} of applications ${owned.length === 1 ? 'trusts' : 'trust'}.`, { read })
  })
}

/** What of it our account may not write yet. */
export async function findMissingOnServices(inspector: DirectoryInspector, services: readonly ApplicationService[], signal: AbortSignal): Promise<Result<RightsOutcome, Problem>> {
  const types = await inspector.readAttributeTypes([trustAttribute], signal)
  if (!types.ok) return types
  const type = types.value.get(trustAttribute.toLowerCase())
  return type === undefined ? fail(noSuchAttribute) : findMissing(inspector, accountsOf(services).map((account) => trustRight(account, type)), signal)
}

function accountsOf(services: readonly ApplicationService[]): readonly Dn[] {
  return [...new Set(services.flatMap(({ accounts }) => (accounts.kind === 'read' ? accounts.value : [])))]
}

const noSuchAttribute: Problem = {
  kind: 'limitedInformation', message: `The schema of the domain has no ${trustAttribute}: its controllers are older than Windows Server 2012.`, remedy: 'Add a domain controller of a supported Windows Server.',
}

function trustRight(account: Dn, { guid, propertySet }: AttributeType): NeededRight {
  return {
    where: account, words: `write ${trustAttribute} of ${account}`, named: trustAttribute, propertySet, orElse: null, necessity: 'required',
    grant: { mask: directoryRight.writeProperty, objectType: guid, on: { kind: 'object' } },
  }
}
