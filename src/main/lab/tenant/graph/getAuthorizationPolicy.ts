import { answerGraphJson } from './graphErrors.ts'
import type { GraphEndpoint } from './graphRequest.ts'

/** GET /policies/authorizationPolicy: the one policy of the tenant (https://learn.microsoft.com/graph/api/authorizationpolicy-get). */
export const getAuthorizationPolicy: GraphEndpoint = {
  roles: ['Policy.Read.All'],
  answer: ({ context, request }) => {
    const isOpen = context.store.policies().invitations === 'allowed'
    return answerGraphJson({
      '@odata.context': `${context.graphUrl}/v1.0/$metadata#policies/authorizationPolicy/$entity`,
      id: 'authorizationPolicy',
      displayName: 'Authorization Policy',
      description: 'Used to manage authorization related settings across the company.',
      allowInvitesFrom: isOpen ? 'everyone' : 'none',
      allowedToSignUpEmailBasedSubscriptions: true,
      allowedToUseSSPR: true,
      allowEmailVerifiedUsersToJoinOrganization: false,
      allowUserConsentForRiskyApps: null,
      blockMsolPowerShell: false,
      // Guest users have limited access: the default.
      guestUserRoleId: '10dae51f-b6af-4016-8d66-8c2a99b929b3',
      defaultUserRolePermissions: {
        allowedToCreateApps: true, allowedToCreateSecurityGroups: true, allowedToCreateTenants: true, allowedToReadBitlockerKeysForOwnedDevice: true, allowedToReadOtherUsers: true,
        permissionGrantPoliciesAssigned: ['ManagePermissionGrantsForSelf.microsoft-user-default-legacy'],
      },
    }, request)
  },
}
