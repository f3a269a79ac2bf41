import { valuesOf } from '../../shared/domain/attributes.ts'
import type { Reason } from '../../shared/domain/change.ts'
import type { ConnectorObject } from '../../shared/domain/connectorObject.ts'
import type { MetaverseObject } from '../../shared/domain/metaverse.ts'
import type { EngineSettings } from './contract.ts'
import { directoryAttribute } from './directoryValues.ts'
import { decisionCriterion } from './joinDecisions.ts'
import { isOurs } from './ownership.ts'

/** `read` are the attributes on which the adoption stands: for the precondition. */
export type Adoption = { readonly reason: Reason; readonly read: readonly string[] }

/** A join to an account that we did not make and have not marked yet (sync-semantics 11); null where it is ours. */
export function adoptionOf(settings: EngineSettings, person: MetaverseObject, guest: ConnectorObject, account: ConnectorObject): Adoption | null {
  if (isOurs(person, account, guest.anchor)) return null
  const origin = person.links.find((link) => link.connector === account.connector && link.anchor === account.anchor)?.origin
  const { criterion, value } = origin?.kind === 'joined' ? origin : { criterion: 'objectGUID', value: account.anchor }
  const groups = valuesOf(account.attributes, 'memberOf').map(String).toSorted()
  return { reason: { kind: 'accountAdopted', criterion, value, groups }, read: [...attributeRead(settings, criterion), 'memberOf'] }
}

/** Anchor and DN are bound by the change itself, and no attribute says what a person decided. */
function attributeRead(settings: EngineSettings, criterion: string): readonly string[] {
  return ['objectGUID', 'dn', 'distinguishedName', decisionCriterion].includes(criterion) ? [] : [directoryAttribute(settings.directorySchema, criterion).name]
}
