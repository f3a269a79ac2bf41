import type { DelegationMode, FindingState, LoginIdentity, LoginMapping } from '../../../shared/domain/delegation.ts'
import type { DelegationChangeResult } from '../../../shared/api/delegationPlanCalls.ts'
import { formatAgo, formatInstant, formatNumber } from '../texts.ts'

function count(number: number, one: string, several: string): string {
  return `${formatNumber(number)} ${number === 1 ? one : several}`
}

const list = new Intl.ListFormat()

export const delegationTexts = {
  about: (connectors: number, applications: number, guests: number, readAt: string) => `${count(connectors, 'connector', 'connectors')} · ${count(applications, 'application', 'applications')} · ${count(guests, 'guest', 'guests')} · checked ${formatAgo(readAt, Date.now())}`,
  neverChecked: 'not checked yet',
  check: 'Check delegation', checkAgain: 'Check again', checking: 'Being checked…',
  general: 'General findings',
  leftOut: (guests: number) => `${count(guests, 'guest was', 'guests were')} beyond the limit of one reading and ${guests === 1 ? 'is' : 'are'} not counted here. Each can be checked from Guests.`,
  changedSince: (at: string) => `Delegation was changed ${formatAgo(at, Date.now())}, after this check: the map shows what was there before.`,
  loading: 'Loading…',
  states: { passed: 'works', warning: 'warning', failed: 'fails', notChecked: 'not checked' } satisfies Record<FindingState, string>,
  findings: { passed: 'Passed', warning: 'Warning', failed: 'Failed', notChecked: 'Not checked' } satisfies Record<FindingState, string>,
  ways: { classic: 'by the connector’s list', resourceBased: 'by the service’s trust' },
  noWay: 'no ticket on either way',
  empty: {
    title: 'Which application will sign your guests in, and which will not',
    about: 'This screen shows each connector of the proxy with each application: whether sign-on works, why not, and what to write so that it does. It proves it by a ticket in a guest’s name.',
    nothing: 'No connector and no application is known yet. Name them in workspace.json; the window follows when the file is saved.',
    file: (folder: string) => `In ${folder}/workspace.json`,
    fromEntra: 'Or take both from Entra application proxy: set "fromEntra": true there, then read it with your own sign-in.',
    configured: (connectors: number, applications: number) => `${count(connectors, 'connector', 'connectors')} and ${count(applications, 'application', 'applications')} are named in workspace.json. A check reads the directory, DNS and ports; it writes nothing.`,
  },
  proxy: {
    read: 'Read application proxy…', notRead: (why: string) => `Application proxy was not read: ${why}`,
    readAt: (at: string, account: string | null) => `Application proxy as of ${formatAgo(at, Date.now())}${account === null ? '' : `, read by ${account}`}.`,
    enter: (code: string) => `Enter the code ${code} at`, signedInAs: 'Reading takes as long as your sign-in does; no token is kept.',
  },
  map: {
    label: 'Map of connectors and applications', detail: 'What is selected on the map',
    group: (name: string | null) => (name === null ? 'Without a group' : `Group ${name}`), grid: (group: string) => `${group}: applications and the connectors that serve them`,
    application: 'Application', guests: 'Guests', guestsAbout: 'who could sign on',
    notServed: 'not served', findings: (number: number) => count(number, 'finding', 'findings'), checks: (number: number) => count(number, 'check', 'checks'),
    connector: (mode: DelegationMode | null, spns: number) => (mode === null ? 'no account' : `${delegationModes[mode]} · ${count(spns, 'SPN', 'SPNs')}`),
    ready: (number: number) => `${formatNumber(number)} ready`, warned: (number: number) => `${formatNumber(number)} warn`, failed: (number: number) => `${formatNumber(number)} fail`, notChecked: (number: number) => `${formatNumber(number)} not checked`,
    noGuests: 'no guest checked', proved: (at: string) => `proved ${formatAgo(at, Date.now())}`,
    share: (failing: number, of: number, applications: readonly string[]) => `${list.format(applications)} ${applications.length === 1 ? 'fails' : 'fail'} on ${formatNumber(failing)} of ${formatNumber(of)} connectors: a guest lands on any of them, so about ${formatNumber(Math.round((failing / of) * 100))} % of sign-ons fail.`,
    choose: 'Choose a cell of the map to see what was found, and what can be done about it.',
  },
  modes: { none: 'No delegation', unconstrained: 'Unconstrained delegation', kerberosOnly: 'Kerberos only', anyProtocol: 'Any authentication protocol' } satisfies Record<DelegationMode, string>,
  pair: (connector: string, application: string) => `${connector} → ${application}`,
  finding: {
    title: 'What was found', check: (number: number) => `check ${number}`, read: (places: number) => `What was read (${formatNumber(places)})`, passed: (number: number) => count(number, 'check passed', 'checks passed'), hidePassed: 'Hide passed checks',
    planThis: 'Plan this…', planThisFor: (message: string) => `Plan this: ${message}`, nothing: 'Nothing was found that stands in the way.', subject: (kind: string, name: string) => `${kind} ${name}`,
  },
  makeWork: {
    button: (application: string) => `Make “${application}” work…`, title: 'Two ways, for every connector of its group:',
    classic: 'By the connectors’ lists', classicAbout: 'Writes each connector’s list and its “any protocol”. Our account needs SeEnableDelegationPrivilege on the domain controller. Connectors and service are in one domain.',
    resourceBased: 'By the service’s trust', resourceBasedAbout: 'Writes whom the service’s account trusts. Needs no privilege, only the right to write that attribute, and works across domains: the least that is needed.',
  },
  connector: {
    title: (name: string) => `Connector ${name}`, kind: 'Connector', account: 'Account', dn: 'Distinguished name', host: 'DNS name', group: 'Group', status: 'Status in Entra', mode: 'Delegation', encryption: 'Encryption types', system: 'System', flags: 'Flags', memberships: 'Groups that matter', spns: 'SPNs of its own',
    noAccount: 'It is not one account of the directory, so there is nothing to set. The findings say what is missing.', several: (number: number) => `${formatNumber(number)} accounts answer to this name.`, notRead: (why: string) => `Its account was not read: ${why}`,
    noMemberships: 'none that matters', membershipsNotRead: (why: string) => `not read: ${why}`, encryptionDefault: 'not set: the domain’s default',
    statuses: { active: 'active', inactive: 'inactive' },
    serves: 'Serves', settings: 'Settings of delegation',
  },
  form: {
    label: (name: string) => `Settings of delegation of ${name}`, about: 'Change what you want to change; nothing is written before you have seen the difference and approved it.',
    protocol: 'Protocol', anyProtocol: 'Any authentication protocol (what the proxy needs)', kerberosOnly: 'Kerberos only', noList: 'Counts as soon as the list below has an entry.',
    endUnconstrained: 'End unconstrained delegation', unconstrained: 'This account may act as anybody anywhere.', aes: 'Allow AES', aesAbout: (types: string) => `Now: ${types}. Make sure that AES keys exist: reset the password first.`,
    list: 'May delegate to', emptyList: 'The list is empty.', remove: (spn: string) => `Remove ${spn}`, removed: 'will be removed', added: 'will be added', keep: (spn: string) => `Keep ${spn}`,
    takeBack: (spn: string) => `Do not add ${spn}`, add: 'Add', newSpn: 'Another service', newSpnHint: 'class/host, for example HTTP/orders.contoso.com', isThere: 'It is in the list already.', badSpn: (why: string) => `This is no SPN: ${why}.`, show: (changes: number) => `Show what would be written (${formatNumber(changes)})…`, discard: 'Discard', keepButton: 'Keep', removeButton: 'Remove', takeBackButton: 'Do not add',
  },
  application: {
    title: (name: string) => `Application ${name}`, kind: 'Application', spn: 'SPN', owner: 'Owner of the SPN', ownerBy: { explicit: 'registered', alias: 'by its HOST entry' }, nobody: 'nobody', ownerNotRead: (why: string) => `not read: ${why}`, group: 'Connector group', url: 'Internal address', mapping: 'Delegated identity',
    mode: 'Single sign-on', preAuthentication: 'Pre-authentication', dns: 'DNS', address: (target: string | null) => `address ${target ?? ''}`, alias: (target: string | null) => `alias of ${target ?? 'another name'}`, unknown: 'unknown to DNS', assigned: 'Assigned to', everybody: 'everybody', assignedCount: (number: number) => count(number, 'person or group', 'persons or groups'),
    disabled: 'disabled', trust: 'Whom the service trusts', trustColumns: ['Entry', 'Who', 'Rights', 'Action'], endTrust: 'Plan its end…', endTrustOf: (name: string) => `Plan the end of trust in ${name}`, noTrust: 'Nobody: there is no resource-based trust.', malformed: (why: string) => `The descriptor is malformed (${why}). It is shown and never overwritten.`, gone: 'nobody has this SID any more', entries: { allow: 'allows', deny: 'denies', other: 'other' },
    sources: { configuration: 'workspace.json', entra: 'Entra application proxy' }, source: 'Known from', mappingUnknown: 'not known', noOwner: 'Nobody owns the SPN, so nobody can be trusted.',
  },
  mappings: {
    userPrincipalName: 'User principal name', onPremisesUserPrincipalName: 'On-premises user principal name', userPrincipalUsername: 'Username of the user principal name', onPremisesUserPrincipalUsername: 'Username of the on-premises user principal name', onPremisesSAMAccountName: 'On-premises SAM account name',
  } satisfies Record<LoginMapping, string>,
  guests: {
    title: (application: string) => `Guests and ${application}`, ofGuest: (name: string) => `What was found of ${name}`, ofOthers: 'What was found of the application and its best connector', list: 'Guests', none: 'No guest was checked. A check reads guests who have an account.', openGuest: 'Open the guest', prove: 'Prove…',
  },
  signOn: {
    title: 'Will sign-on work?', checkedAt: (at: string) => `As checked ${formatAgo(at, Date.now())}.`, never: 'Nobody has checked this guest yet.', check: 'Check this guest', checking: 'This guest is being checked…', noApplications: 'No application is known to this workspace.',
    map: 'Open the map', perApplication: 'Per application', application: 'Application', state: 'Sign-on', why: 'Why', identities: 'What each mapping would delegate', mapping: 'Mapping', identity: 'Identity', leads: 'Leads to', nothing: 'nothing',
    leadsTo: { theGuestsAccount: 'the guest’s account', anotherAccount: 'another account', several: 'several accounts', nobody: 'nobody', nothingToDelegate: 'nothing to delegate', notChecked: 'not checked' } satisfies Record<LoginIdentity['resolvesTo'], string>,
    allFine: 'nothing stands in the way', reading: 'The last check is being read…',
  },
  plan: {
    title: 'What would be written', undoTitle: (run: number) => `What an undo of run ${formatNumber(run)} would write`, back: 'Back to the findings', planning: 'The directory is being read anew and the changes are worked out…', reason: 'Why', readAt: (at: string) => `As read ${formatInstant(at)}.`,
    nothing: 'It is all so already: there is nothing to write.', refused: 'Cannot be planned', impossible: 'Cannot be taken back', privileged: 'needs SeEnableDelegationPrivilege', script: 'Equivalent in PowerShell', undoScript: 'What takes it back', copyScript: 'Copy as PowerShell', copied: 'Copied', copyRefused: 'The clipboard is not available: mark the script and copy it.', showScript: 'Show the script', hideScript: 'Hide the script',
    approve: 'Review and approve…', approveTitle: 'Write this to Active Directory?', sentence: (changes: number, accounts: number) => `${count(changes, 'attribute', 'attributes')} of ${count(accounts, 'account', 'accounts')} would be written.`, again: 'Plan anew',
    differences: (account: string) => `Changes of ${account}`, attribute: 'Attribute', before: 'Now', after: 'Will be', note: 'Take care:', malformed: 'malformed descriptor', signs: { added: 'added', removed: 'removed' },
    encryption: { des: 'DES', rc4: 'RC4', aes128: 'AES128', aes256: 'AES256' },
  },
  outcome: {
    title: 'What was written', blocked: 'Nothing was written: the limit of delegation stands in the way. Lift it in the approval.', controller: (host: string) => `Written to and read back from ${host}. Other controllers have it once they have replicated, connectors once they have new tickets.`,
    undo: 'Show what an undo would do', undoKept: (changes: number) => `Its undo takes back ${count(changes, 'change', 'changes')}.`, nothingToUndo: 'Nothing was written, so there is nothing to take back.', dismiss: 'Dismiss', checkAgain: 'Check again', writing: 'Delegation is being written…',
    results: { written: 'written and read back', alreadyWritten: 'written by a former export', drift: 'not written: it changed meanwhile', refused: 'refused', notConfirmed: 'written, not confirmed', open: 'not known: the next export looks', notReached: 'not reached' } satisfies Record<DelegationChangeResult['outcome'], string>,
  },
  proof: {
    title: 'Proof', about: 'Asks a domain controller for a ticket in the guest’s name, as the connector would.', guest: 'Guest', guestHint: 'Name, address or userPrincipalName', keytab: 'Keytab (optional)', keytabHint: 'Path on this computer; without it the kept password of the proxy’s account is used.', url: 'Page of the application (optional)', urlHint: 'The ticket is shown to it: it says whom it saw.', badUrl: 'An address that begins with https:// or http://.',
    prove: 'Prove sign-on', proving: 'Being proven…', steps: 'Steps', connector: 'Connector', anyConnector: 'the only one, or the keytab’s',
    stepWords: { 'sign in as the connector': 'Sign in as the connector', 'ask for the guest': 'Ticket for the guest (S4U2Self)', 'ask for the service': 'Ticket to the service (S4U2Proxy)', 'ask the site': 'Ask the site' } as Readonly<Record<string, string>>,
    proven: 'Proven: the guest gets a ticket', refused: 'Refused', notProven: 'Not proven', asked: (controller: string | null, at: string) => `${controller === null ? 'Asked' : `${controller} answered`} ${formatAgo(at, Date.now())}.`,
    lag: 'Another controller may not know of a recent change yet, and a connector keeps its tickets for hours.',
    principal: 'Guest’s principal', service: 'Service', encryptionType: 'Encryption', starts: 'From', ends: 'Until', seenAs: 'The site saw', site: 'Site', status: (status: number) => `HTTP ${status}`, explainedBy: (checks: readonly number[]) => `Explained by ${checks.map((check) => `check ${check}`).join(', ')}.`, last: 'Last proofs',
    elsewhere: 'Prove it on a Windows connector', elsewhereAbout: 'Run this script there as SYSTEM, then paste what it printed.', script: 'Get the script', copy: 'Copy the script', answer: 'What the script printed', read: 'Read the answer', scriptLabel: 'Script for the connector',
  },
  keys: { cells: 'move over the map', open: 'open what the cell says', ends: 'first or last cell of the row' },
} as const

const delegationModes = { none: 'no delegation', unconstrained: 'unconstrained', kerberosOnly: 'Kerberos only', anyProtocol: 'any protocol' } satisfies Record<DelegationMode, string>
