import type { Problem } from '../../../../shared/domain/problem.ts'
import type { Result } from '../../../../shared/domain/result.ts'
import { fail, succeed } from '../../../../shared/domain/result.ts'
import type { PasswordPolicy } from '../../readinessPorts.ts'
import type { Conversation } from '../conversation.ts'
import { anyObject } from '../readObjects.ts'
import { textIn } from '../rootDse.ts'
import { searchOnce } from '../search.ts'

/** MS-ADTS 6.1.1.1.1: the head of the domain has the policy; DOMAIN_PASSWORD_COMPLEX is 0x1 of pwdProperties (MS-SAMR 2.2.1.4). */
export async function readPasswordPolicy(conversation: Conversation, signal: AbortSignal): Promise<Result<PasswordPolicy, Problem>> {
  const signedIn = await conversation.signIn(signal)
  if (!signedIn.ok) return signedIn
  const { domainDn } = signedIn.value.root
  const doing = `Reading the password policy of ${domainDn}`
  const found = await searchOnce(conversation, { base: domainDn, scope: 'base', filter: anyObject, attributes: ['minPwdLength', 'pwdProperties'] }, doing, signal)
  if (!found.ok) return found
  const [length, properties] = [textIn(found.value[0], 'minPwdLength'), textIn(found.value[0], 'pwdProperties')]
  return length === '' ? fail(hidden(doing)) : succeed({ minimumLength: Number(length), isComplexityRequired: (Number(properties) & 0x1) !== 0, readFrom: domainDn })
}

function hidden(doing: string): Problem {
  return { kind: 'limitedInformation', message: `${doing} failed: it does not come with the domain.`, remedy: 'Let our account read the domain object; every account may by default.' }
}
