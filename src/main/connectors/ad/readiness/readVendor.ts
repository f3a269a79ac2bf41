import type { Problem } from '../../../../shared/domain/problem.ts'
import type { Result } from '../../../../shared/domain/result.ts'
import { succeed } from '../../../../shared/domain/result.ts'
import type { Conversation } from '../conversation.ts'
import { anyObject } from '../readObjects.ts'
import { textIn } from '../rootDse.ts'
import { searchOnce } from '../search.ts'

/** vendorName of the rootDSE (RFC 3045): Samba has it, Windows does not. */
export async function readVendor(conversation: Conversation, signal: AbortSignal): Promise<Result<string | null, Problem>> {
  const root = await searchOnce(conversation, { base: '', scope: 'base', filter: anyObject, attributes: ['vendorName'] }, 'Reading what kind of server the domain controller is', signal)
  return root.ok ? succeed(textIn(root.value[0], 'vendorName') || null) : root
}
