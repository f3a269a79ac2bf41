import type { Problem } from '../../../../shared/domain/problem.ts'

/** 403 has two reasons that Graph tells apart in words only: a role that is missing, and a tenant that does not let applications invite. */
export function clarifyInvitationProblem(problem: Problem): Problem {
  if (problem.kind === 'notPermitted') {
    return {
      ...problem, message: 'The application may not invite guests.',
      remedy: 'Grant it User.Invite.All (application) with admin consent. Where it has that, look at External collaboration settings, "Guest invite settings": the tenant may not let applications invite.',
    }
  }
  if (problem.kind === 'requestRefused') {
    return { ...problem, message: `Graph refused the invitation: ${String(problem.detail?.['reason'] ?? '')}`, remedy: 'Correct what is named. Domains may be blocked under External collaboration settings, "Collaboration restrictions".' }
  }
  return problem
}

/** The person was signed in already: what is missing is a role, the tenant's leave, or the application's consent. */
export function clarifyResetProblem(problem: Problem): Problem {
  if (problem.kind === 'notPermitted') {
    return {
      ...problem, message: 'The person who signed in may not reset the redemption of guests.',
      remedy: 'Sign in as a Helpdesk Administrator or User Administrator of the whole directory. Where the person is one, look at External collaboration settings, "Guest invite settings", and whether the application was granted User.ReadWrite.All (delegated).',
    }
  }
  return problem.kind === 'requestRefused' ? { ...problem, message: `Graph refused the reset: ${String(problem.detail?.['reason'] ?? '')}`, remedy: 'Correct what is named. Domains may be blocked under External collaboration settings, "Collaboration restrictions".' } : problem
}

export function clarifyBlockProblem(problem: Problem): Problem {
  if (problem.kind === 'notPermitted') {
    return { ...problem, message: 'The application may not block or unblock guests.', remedy: 'Grant it User.EnableDisableAccount.All and User.Read.All (application) with admin consent.' }
  }
  return problem.kind === 'requestRefused' ? { ...problem, message: `Graph refused the change: ${String(problem.detail?.['reason'] ?? '')}`, remedy: 'Correct what is named.' } : problem
}
