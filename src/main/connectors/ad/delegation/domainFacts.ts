import { textOf, valuesOf } from '../../../../shared/domain/attributes.ts'
import { parseDn } from '../../../../shared/domain/dn.ts'
import { parseSid } from '../../../../shared/domain/ids.ts'
import type { Dn, Sid } from '../../../../shared/domain/ids.ts'
import type { Problem } from '../../../../shared/domain/problem.ts'
import type { Result } from '../../../../shared/domain/result.ts'
import { fail, succeed } from '../../../../shared/domain/result.ts'
import type { DelegationReader } from '../../delegationPorts.ts'
import type { Conversation } from '../conversation.ts'
import type { DirectorySchema } from '../directorySchema.ts'
import { dnsNameOf } from '../dnsNameOf.ts'
import { cancelled } from '../errors.ts'
import { readDomainSid } from '../identify.ts'
import { anyObject, findObjectsByValue, readOne } from '../readObjects.ts'
import { textIn } from '../rootDse.ts'
import { searchOnce } from '../search.ts'
import { parseTime } from '../serverState.ts'
import { readClocks } from './controllers.ts'
import { readDirectoryService, readPartitions } from './directoryService.ts'
import { readingOf } from './readingOf.ts'
import { readTrusts } from './trusts.ts'

/** What delegation depends on in the domain as a whole. Only identity and connection are needed; every other part may be missing, and says why. */
export async function readDomainFacts(link: Conversation, schema: DirectorySchema, signal: AbortSignal): ReturnType<DelegationReader['readDomain']> {
  const signedIn = await link.signIn(signal)
  if (!signedIn.ok) return signedIn
  const { domainDn } = signedIn.value.root
  const sid = await readDomainSid(link, schema, domainDn, signal)
  if (!sid.ok) return sid
  const [clocks, level, service, partitions, trusts, aesSince, preWindows2000, authorization] = await Promise.all([
    readClocks(link, domainDn, signal),
    readControllerLevel(link, signal),
    readDirectoryService(link, ['dSHeuristics'], signal),
    readPartitions(link, ['uPNSuffixes'], signal),
    readTrusts(link, domainDn, signal),
    readAesSince(link, schema, sid.value, signal),
    readMembers(link, schema, wellKnownGroups.preWindows2000Access, signal),
    readMembers(link, schema, wellKnownGroups.authorizationAccess, signal),
  ])
  if (signal.aborted) return fail(cancelled('Reading the domain'))
  return succeed({
    dnsName: dnsNameOf(domainDn).toLowerCase(), dn: domainDn, sid: sid.value, controllers: clocks,
    controllerLevel: readingOf(level),
    directoryHeuristics: readingOf(service.ok ? succeed(service.value.texts('dSHeuristics')[0] ?? null) : service),
    userPrincipalNameSuffixes: readingOf(partitions.ok ? succeed(partitions.value.texts('uPNSuffixes').map((suffix) => suffix.toLowerCase())) : partitions),
    trusts: readingOf(trusts), aesSince: readingOf(aesSince), preWindows2000Access: readingOf(preWindows2000), authorizationAccess: readingOf(authorization),
  })
}

/** MS-DTYP 2.4.2.4: Pre-Windows 2000 Compatible Access, Windows Authorization Access Group. */
const wellKnownGroups = { preWindows2000Access: 'S-1-5-32-554', authorizationAccess: 'S-1-5-32-560' } as const

async function readControllerLevel(link: Conversation, signal: AbortSignal): Promise<Result<number, Problem>> {
  const root = await searchOnce(link, { base: '', scope: 'base', filter: anyObject, attributes: ['domainControllerFunctionality'] }, 'Reading the level of the domain controller', signal)
  if (!root.ok) return root
  const text = textIn(root.value[0], 'domainControllerFunctionality')
  return /^\d{1,3}$/.test(text) ? succeed(Number(text)) : fail(noLevel)
}

const noLevel: Problem = {
  kind: 'limitedInformation', message: 'Reading the level of the domain controller failed: it does not tell domainControllerFunctionality.', remedy: 'Look at the version of the controller itself.',
}

/** whenCreated of Read-only Domain Controllers (RID 521), which the first controller of Windows Server 2008 brings along; null: there is none yet. */
async function readAesSince(link: Conversation, schema: DirectorySchema, domainSid: Sid, signal: AbortSignal): Promise<Result<string | null, Problem>> {
  const found = await findObjectsByValue(link, schema, { attribute: 'objectSid', value: `${domainSid}-521` }, ['objectGUID', 'whenCreated'], signal)
  if (!found.ok) return found
  const created = found.value[0] === undefined ? null : parseTime(textOf(found.value[0].attributes, 'whenCreated') ?? '')
  return succeed(created === null ? null : new Date(created).toISOString())
}

/** Security identifiers of the direct members; those of other domains and well-known ones stand in the directory as foreign security principals. */
async function readMembers(link: Conversation, schema: DirectorySchema, group: string, signal: AbortSignal): Promise<Result<readonly Sid[], Problem>> {
  const found = await findObjectsByValue(link, schema, { attribute: 'objectSid', value: group }, ['objectGUID', 'member'], signal)
  if (!found.ok) return found
  const [entry] = found.value
  if (entry === undefined) return fail(noGroup(group))
  const sids: Sid[] = []
  for (const member of valuesOf(entry.attributes, 'member')) {
    const dn = parseDn(String(member))
    const sid = dn.ok ? await readSid(link, schema, dn.value, signal) : fail(noSid(String(member)))
    if (!sid.ok) return sid
    sids.push(sid.value)
  }
  return succeed(sids)
}

async function readSid(link: Conversation, schema: DirectorySchema, dn: Dn, signal: AbortSignal): Promise<Result<Sid, Problem>> {
  const found = await readOne(link, schema, dn, ['objectGUID', 'objectSid'], signal)
  if (!found.ok) return found
  const sid = parseSid(found.value === null ? '' : (textOf(found.value.attributes, 'objectSid') ?? ''))
  return sid.ok ? sid : fail(noSid(dn))
}

function noGroup(sid: string): Problem {
  return { kind: 'objectNotFound', message: `Reading the members of ${sid} failed: the domain does not show such a group.`, remedy: 'Let the synchronisation account read CN=Builtin; every account may by default.' }
}

function noSid(member: string): Problem {
  return { kind: 'limitedInformation', message: `Reading ${member} failed: it shows no security identifier.`, remedy: 'Look at the members of the group in Active Directory Users and Computers.' }
}
