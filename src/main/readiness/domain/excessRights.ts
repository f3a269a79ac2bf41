import { directoryRight, holdsRight } from '../../../shared/domain/directoryRights.ts'
import type { ObjectSecurity } from '../../../shared/domain/directoryRights.ts'
import { childDn } from '../../../shared/domain/dn.ts'
import { parseObjectGuid, parseSid } from '../../../shared/domain/ids.ts'
import type { Dn, ObjectGuid, Sid } from '../../../shared/domain/ids.ts'
import type { OwnAccount } from '../../connectors/readinessPorts.ts'
import { failed, nameSome, notChecked, notRead, passed } from '../answers.ts'
import type { CheckAnswer } from '../readinessCheck.ts'
import { afterSignIn } from './domainWorld.ts'

/**
 * "No rights elsewhere" means the domain head, AdminSDHolder, the domain controllers' OU and the privileged groups
 * (sync-semantics 20), and the answer says so: a domain has more objects than anybody looks at.
 */
export const checkExcessRights = afterSignIn(async ({ inspector }, { domainDn, domainSid }, signal): Promise<CheckAnswer> => {
  const account = await inspector.readOwnAccount(signal)
  if (!account.ok) return notRead(account.problem)
  const groups = await inspector.findGroups(privilegedGroups(domainSid), signal)
  if (!groups.ok) return notRead(groups.problem)
  const places = [domainDn, adminSdHolder(domainDn), childDn('OU', 'Domain Controllers', domainDn), ...groups.value.map(({ dn }) => dn)]
  const found: string[] = groups.value.filter(({ sid }) => account.value.tokenSids.has(sid)).map(({ dn }) => `is a member of ${dn}`)
  const hidden: Dn[] = []
  for (const dn of places) {
    const security = await inspector.readSecurity(dn, signal)
    if (!security.ok) return notRead(security.problem)
    if (security.value === null || security.value === 'hidden') hidden.push(dn)
    else found.push(...describeExcess(dn, security.value, account.value))
  }
  return judge(found, places, hidden)
})

function judge(found: readonly string[], places: readonly Dn[], hidden: readonly Dn[]): CheckAnswer {
  const read = [...places.filter((dn) => !hidden.includes(dn)).map((dn) => `rights on ${dn}`), ...hidden.map((dn) => `not readable: ${dn}`)]
  if (found.length > 0) {
    return failed(
      `Our account has more rights than it needs: it ${nameSome(found, 4)}.`,
      'Use an account of its own that is in no privileged group, and take these entries away; the script of the delegation makes one with the least rights.',
      { read: [...read, ...found.map((each) => `it ${each}`)] },
    )
  }
  if (hidden.length > 0) return notChecked(`Whether our account has more rights than it needs is not known: the rights on ${nameSome(hidden)} could not be read.`, 'Let an administrator look at the security tab of what is named.', { read })
  return passed('Our account has no rights to change the domain head, AdminSDHolder, the domain controllers\' OU or the privileged groups. Other places were not looked at.', { read })
}

function describeExcess(dn: Dn, security: ObjectSecurity, { tokenSids }: OwnAccount): readonly string[] {
  return excesses.filter(({ mask, objectTypes }) => holdsRight(security, tokenSids, { mask, objectTypes })).map(({ words }) => `${words} ${dn}`)
}

type Excess = { readonly mask: number; readonly objectTypes: readonly ObjectGuid[]; readonly words: string }

const excesses: readonly Excess[] = [
  { mask: directoryRight.writeDacl, objectTypes: [], words: 'may change the rights on' },
  { mask: directoryRight.writeOwner, objectTypes: [], words: 'may take ownership of' },
  { mask: directoryRight.writeProperty, objectTypes: [], words: 'may write every attribute of' },
  { mask: directoryRight.createChild, objectTypes: [], words: 'may create anything below' },
  { mask: directoryRight.deleteTree, objectTypes: [], words: 'may delete' },
  // `member` of a group (MS-ADSC).
  { mask: directoryRight.writeProperty, objectTypes: guids('bf9679c0-0de6-11d0-a285-00aa003049e2'), words: 'may choose the members of' },
  // DS-Replication-Get-Changes-All (MS-ADTS 5.1.3.2.1): the hashes of all passwords.
  { mask: directoryRight.controlAccess, objectTypes: guids('1131f6ad-9c07-11d1-f79f-00c04fc2dcd2'), words: 'may replicate all passwords of' },
]

function guids(text: string): readonly ObjectGuid[] {
  const guid = parseObjectGuid(text)
  return guid.ok ? [guid.value] : []
}

/** Domain, Schema and Enterprise Admins, Domain Controllers, Group Policy Creator Owners; Administrators and the operators (MS-ADTS 6.1.1.6). */
function privilegedGroups(domainSid: Sid): readonly Sid[] {
  const names = [...[512, 516, 518, 519, 520].map((rid) => `${domainSid}-${rid}`), ...[544, 548, 549, 550, 551].map((rid) => `S-1-5-32-${rid}`)]
  return names.flatMap((name) => {
    const sid = parseSid(name)
    return sid.ok ? [sid.value] : []
  })
}

function adminSdHolder(domainDn: Dn): Dn {
  return childDn('CN', 'AdminSDHolder', childDn('CN', 'System', domainDn))
}
