import { expect, test } from 'vitest'
import type { Reading } from '../../../../src/shared/domain/delegation.ts'
import type { DelegationChange, PrivilegeOutlook } from '../../../../src/shared/domain/delegationPlan.ts'
import type { Sid } from '../../../../src/shared/domain/ids.ts'
import { judgePrivilege, type PrivilegeEvidence } from '../../../../src/main/kcd/rules/planning/judgePrivilege.ts'
import { account, domainSid, guid, sid } from './world.ts'

const listed: DelegationChange = { kind: 'delegation', anchor: guid(1), dn: account(1, 'C1$').dn, accountName: 'C1$', attribute: 'msDS-AllowedToDelegateTo', before: [], after: ['HTTP/a'], reason: 'It was planned.', needsPrivilege: true, cautions: [] }
const groups = (...sids: readonly string[]): Reading<readonly Sid[]> => ({ kind: 'read', value: sids.map(sid) })
const unread: Reading<readonly Sid[]> = { kind: 'notRead', why: 'no right' }

test.each<[string, Partial<PrivilegeEvidence>, boolean, PrivilegeOutlook['state']]>([
  ['is not needed for trust and SPNs', {}, false, 'notNeeded'],
  ['is expected of administrators', { tokenGroups: groups('S-1-5-32-544') }, true, 'expected'],
  ['is expected of administrators of this domain', { tokenGroups: groups(`${domainSid}-512`) }, true, 'expected'],
  ['is not expected of administrators of another domain', { tokenGroups: groups('S-1-5-21-9-9-9-512') }, true, 'unknown'],
  ['is expected where a write had it', { last: { run: 3, ended: 'written' } }, true, 'expected'],
  ['was refused before, whatever the groups say', { tokenGroups: groups('S-1-5-32-544'), last: { run: 3, ended: 'refused' } }, true, 'refusedBefore'],
  ['cannot be known without evidence', { tokenGroups: unread }, true, 'unknown'],
])('the privilege %s', (_, evidence, isNeeded, state) => {
  const outlook = judgePrivilege([{ ...listed, needsPrivilege: isNeeded }], { tokenGroups: groups(), domainSid, last: null, ...evidence })
  expect(outlook.state).toBe(state)
  expect(outlook.remedy === null).toBe(state === 'notNeeded' || state === 'expected')
  if (outlook.remedy !== null) expect(outlook.remedy).toMatch(/never grants it.*resource-based/i)
})
