import { join } from 'node:path'
import { openInvitationJournal, type InvitationJournal } from '../../invitations/invitationJournal.ts'
import type { WorkspaceSession } from '../workspaceSession.ts'

/** One for all lists of the workspace: whoever was invited is known, whichever list named him. */
export function journalOf({ folder }: Pick<WorkspaceSession, 'folder'>): InvitationJournal {
  return openInvitationJournal(join(folder, 'invitations.jsonl'))
}
