import { join } from 'node:path'
import type { Problem } from '../../../shared/domain/problem.ts'
import type { Result } from '../../../shared/domain/result.ts'
import { openInvitationJournal, type InvitationJournal } from '../../invitations/invitationJournal.ts'
import type { WorkspaceSession } from '../workspaceSession.ts'

/** One for all lists of the workspace: whoever was invited is known, whichever list named him. */
export function journalOf({ folder }: Pick<WorkspaceSession, 'folder'>): Result<InvitationJournal, Problem> {
  return openInvitationJournal(invitationsFile(folder))
}

export function invitationsFile(folder: string): string {
  return join(folder, 'invitations.jsonl')
}
