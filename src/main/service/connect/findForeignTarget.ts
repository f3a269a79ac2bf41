import { dnKey, isWithin, parentDn, parseDn } from '../../../shared/domain/dn.ts'
import type { Dn } from '../../../shared/domain/ids.ts'
import type { Problem } from '../../../shared/domain/problem.ts'
import type { WorkspaceSession } from '../workspaceSession.ts'
import type { DirectoryDraft, EntraDraft } from './connectSession.ts'

/**
 * A workspace that has read one tenant and one domain stays with them: in another tenant all its guests would be missing, and
 * their accounts due to be disabled. Null: nothing stands against it.
 */
export async function findForeignTarget({ reader, configuration }: WorkspaceSession, entra: EntraDraft | null, directory: DirectoryDraft | null): Promise<Problem | null> {
  if ((await reader.runs(1)).length === 0) return null
  if (entra !== null && entra.tenantId.toLowerCase() !== configuration.entra.tenantId.toLowerCase()) {
    return foreign(`the tenant ${configuration.entra.tenantId}`, entra.tenantId)
  }
  if (directory === null) return null
  const [before, after] = [domainOf(configuration.activeDirectory.guestOu), domainOf(directory.guestOu)]
  return before !== null && after !== null && dnKey(before) !== dnKey(after) ? foreign(`the domain ${before}`, after) : null
}

/** The DC parts at its end. */
function domainOf(text: string): Dn | null {
  const parsed = parseDn(text)
  if (!parsed.ok) return null
  for (let dn: Dn | null = parsed.value; dn !== null; dn = parentDn(dn)) if (/^DC=/i.test(dn) && isWithin(parsed.value, dn)) return dn
  return null
}

function foreign(present: string, wanted: string): Problem {
  return {
    kind: 'usage', message: `This workspace has been run with ${present}; with ${wanted} everybody in it would count as gone.`,
    remedy: 'Make a workspace of its own for the other one: name another folder.', detail: { present, wanted },
  }
}
