import type { OverviewShown } from '../../../../shared/api/windowCalls.ts'
import type { GuestState } from '../../../../shared/domain/guestRow.ts'
import { writeRoute } from '../../app/route.ts'

/** In the order of the pipeline: what is done, what comes, what is not meant, what needs a person. */
export const guestStates = ['hasAccount', 'willChange', 'willGetAccount', 'pendingInvitation', 'blocked', 'outOfScope', 'conflict', 'problem', 'notSynchronized'] as const satisfies readonly GuestState[]

export const withAccount: readonly GuestState[] = ['hasAccount', 'willChange']
export const outOfScope: readonly GuestState[] = ['outOfScope', 'notSynchronized']
export const inScope: readonly GuestState[] = guestStates.filter((state) => !outOfScope.includes(state))
export const withoutAccount: readonly GuestState[] = guestStates.filter((state) => !withAccount.includes(state))

export function countGuests({ guestsByState }: OverviewShown, states: readonly GuestState[]): number {
  return states.reduce((sum, state) => sum + (guestsByState[state] ?? 0), 0)
}

export function routeToGuests(states: readonly GuestState[]): string {
  return writeRoute({ screen: 'guests', parameters: states.length === 0 ? {} : { state: states.join('\n') } })
}
