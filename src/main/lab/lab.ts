import { chmod, mkdir } from 'node:fs/promises'
import { resolve } from 'node:path'
import { startControlServer } from './controlServer.ts'
import type { Control } from './controlServer.ts'
import { startDnsServer } from './dns/dnsServer.ts'
import { startDirectory } from './directory/directoryServer.ts'
import { prepareLabCertificates } from './labCertificates.ts'
import type { LabCertificates } from './labCertificates.ts'
import type { LabEndpoints } from './labEndpoints.ts'
import { labFilesOf } from './labFiles.ts'
import type { LabFiles } from './labFiles.ts'
import { takeLabLock } from './labLock.ts'
import { prepareLabSettings } from './labSettings.ts'
import type { PreparedLabSettings } from './labSettings.ts'
import { makeDnsZone } from './seed/dnsZone.ts'
import { guestOu, labDomain, limitedAccountName, makeDomain, makeDomainChanges, serversOu, serviceAccountName, serviceAccountsOu } from './seed/domain.ts'
import { initialDomain, makeDeletedGuests, makeGuests } from './seed/guests.ts'
import { makeMembers } from './seed/members.ts'
import { makeTenantGroups } from './seed/tenantGroups.ts'
import { makeTenantProxy } from './seed/tenantProxy.ts'
import { makeTenantHistory } from './seed/tenantHistory.ts'
import { startTenant } from './tenant/tenantServer.ts'
import type { RunningTenant } from './tenant/tenantServer.ts'
import type { ApplicationRegistration } from './tenant/tenantSettings.ts'
import { usualLifetimes } from './tenant/tenantSettings.ts'

export type RunningLab = { readonly endpoints: LabEndpoints; close(): Promise<void> }

/** The folder's lab is run by another process (or thread) already. */
export class LabOccupiedError extends Error {
  constructor(folder: string) {
    super(`The lab of ${folder} is running already`)
    this.name = 'LabOccupiedError'
  }
}

const host = '127.0.0.1'
const publicHost = 'localhost'

/**
 * Starts the lab of a workspace folder: a tenant (Graph, sign-in) and a domain (LDAP) on loopback, made and seeded in `<folder>/lab/` the
 * first time, with their state of last time otherwise. Rejects with LabOccupiedError, or with what kept a part from starting;
 * whatever had been started is stopped again then.
 */
export async function startLab(folder: string): Promise<RunningLab> {
  const files = labFilesOf(resolve(folder))
  await mkdir(files.folder, { recursive: true, mode: 0o700 })
  // A folder that was there before may be open to others; the lab's secrets are not for them.
  await chmod(files.folder, 0o700)
  const lock = takeLabLock(files.lock)
  if (lock === null) throw new LabOccupiedError(folder)
  const started: { close(): Promise<void> }[] = [{ close: () => Promise.resolve(lock.release()) }]
  const close = async () => {
    // Last started, first stopped; the lock is released when nothing uses the files any more.
    for (let part = started.pop(); part !== undefined; part = started.pop()) await part.close()
  }
  try {
    const settings = await prepareLabSettings(files)
    const certificates = await prepareLabCertificates(files, new Date())
    const endpoints = describeEndpoints(files, settings)
    const tenant = await startLabTenant(files, settings, certificates)
    started.push(tenant)
    started.push(await startLabDirectory(files, settings, certificates))
    started.push(await startDnsServer({ host, port: settings.ports.dns, zone: makeDnsZone(settings.ports) }))
    const control: Control = { token: settings.controlToken, endpoints, administer: (command) => tenant.administer(command) }
    started.push(await startControlServer({ host, port: settings.ports.control, tls: certificates.server }, control))
    return { endpoints, close }
  } catch (error) {
    await close()
    throw error
  }
}

function startLabTenant(files: LabFiles, settings: PreparedLabSettings, certificates: LabCertificates): Promise<RunningTenant> {
  const [guests, members, deletedGuests] = [makeGuests(settings.domainSid), makeMembers(settings.domainSid), makeDeletedGuests()]
  const groups = makeTenantGroups(guests, members)
  return startTenant({
    host,
    publicHost,
    graphPort: settings.ports.graph,
    signInPort: settings.ports.signIn,
    tls: certificates.server,
    file: files.tenant,
    identity: { id: settings.tenantId, displayName: 'Contoso Lab', verifiedDomains: [initialDomain], countryLetterCode: 'DE', createdDateTime: '2023-05-02T06:00:00Z' },
    applications: [describeApplication(settings, certificates)],
    seed: [...guests, ...members, ...deletedGuests],
    groups,
    proxy: makeTenantProxy(labDomain.dnsName, groups),
    history: makeTenantHistory(guests, deletedGuests),
    lifetimes: usualLifetimes,
  })
}

/** The least that Guestbridge asks for (see Permissions in the documentation of Microsoft Graph). */
function describeApplication(settings: PreparedLabSettings, certificates: LabCertificates): ApplicationRegistration {
  return {
    clientId: settings.clientId,
    displayName: 'Guestbridge',
    secrets: [{ value: settings.clientSecret, endDateTime: '2099-12-31T00:00:00Z' }],
    certificatesPem: [certificates.clientCertificatePem],
    roles: ['User.Read.All', 'GroupMember.Read.All', 'User.Invite.All', 'User.EnableDisableAccount.All'],
  }
}

/** What reading changes, deletions included, and restoring accounts need; the tutorial delegates the first. */
const domainRights = ['replicatingChanges', 'reanimateTombstones', 'readDeletedObjects'] as const

function startLabDirectory(files: LabFiles, settings: PreparedLabSettings, certificates: LabCertificates): Promise<{ close(): Promise<void> }> {
  const { dnsName, netBiosName, controllerName } = labDomain
  return startDirectory({
    host,
    ldapsPort: settings.ports.ldaps,
    ldapPort: settings.ports.ldap,
    ...(settings.globalCatalog === 'on' ? { globalCatalogPort: settings.ports.globalCatalog } : {}),
    recycleBin: settings.recycleBin,
    tls: certificates.server,
    file: files.directory,
    domain: { dnsName, netBiosName, controllerName, sid: settings.domainSid },
    seed: makeDomain(makeGuests(settings.domainSid), makeDeletedGuests(), settings.domainSid),
    seedChanges: makeDomainChanges(makeGuests(settings.domainSid), makeDeletedGuests(), settings.domainSid),
    accounts: [
      { accountName: 'Administrator', userPrincipalName: `Administrator@${dnsName}`, password: settings.administratorPassword, rights: { kind: 'administrator' } },
      ...([[serviceAccountName, true], [limitedAccountName, false]] as const).map(([accountName, mayEnableDelegation]) => ({
        accountName,
        userPrincipalName: `${accountName}@${dnsName}`,
        password: settings.accountPassword,
        rights: { kind: 'delegated' as const, organizationalUnits: [guestOu], domainRights, mayEnableDelegation, delegationSettingsIn: [serversOu, serviceAccountsOu] },
      })),
    ],
  })
}

function describeEndpoints(files: LabFiles, settings: PreparedLabSettings): LabEndpoints {
  const { ports } = settings
  return {
    labId: settings.id,
    graphUrl: `https://${publicHost}:${ports.graph}`,
    signInUrl: `https://${publicHost}:${ports.signIn}`,
    tenantId: settings.tenantId,
    clientId: settings.clientId,
    clientSecret: settings.clientSecret,
    clientCertificateFile: files.clientCertificate,
    ldapsUrl: `ldaps://${host}:${ports.ldaps}`,
    ldapUrl: `ldap://${host}:${ports.ldap}`,
    globalCatalogUrl: settings.globalCatalog === 'on' ? `ldaps://${host}:${ports.globalCatalog}` : null,
    nameServer: `${host}:${ports.dns}`,
    domain: { dnsName: labDomain.dnsName, baseDn: labDomain.baseDn, guestOu, sid: settings.domainSid },
    account: `${serviceAccountName}@${labDomain.dnsName}`,
    accountPassword: settings.accountPassword,
    administrator: `Administrator@${labDomain.dnsName}`,
    administratorPassword: settings.administratorPassword,
    administrationUrl: `https://${publicHost}:${ports.control}`,
    administrationToken: settings.controlToken,
    caFile: files.authority,
    pid: process.pid,
  }
}
