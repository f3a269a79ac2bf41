import type { ReadinessScript } from '../../../shared/domain/readiness.ts'
import { delegatedPermissions, graphResource, type RoleNeed } from '../tenant/graphRoles.ts'
import type { TenantSettings } from '../tenant/tenantWorld.ts'
import { asComment, quoteForPowerShell, quoteForShell } from './quote.ts'

type Registration = Pick<TenantSettings, 'tenantId' | 'clientId'>

/** Where the browser of a person comes back to, on any port (https://learn.microsoft.com/entra/identity-platform/reply-url#localhost-exceptions). */
const redirectUri = 'http://localhost'

/**
 * The registration for a person who signs in with a browser ("Mobile and desktop applications") or with a code ("Allow public
 * client flows"), and what is read in that name. Whoever has only one of both ways needs only its line.
 */
export function personScripts(settings: Registration, needs: readonly RoleNeed[]): readonly ReadinessScript[] {
  return [manifest(needs), azureCli(settings, needs), graphPowerShell(settings)]
}

/** https://learn.microsoft.com/entra/identity-platform/reference-microsoft-graph-app-manifest */
function manifest(needs: readonly RoleNeed[]): ReadinessScript {
  const requiredResourceAccess = [{ resourceAppId: graphResource, resourceAccess: needs.map(({ role }) => ({ id: delegatedPermissions[role], type: 'Scope' })) }]
  const registration = { publicClient: { redirectUris: [redirectUri] }, isFallbackPublicClient: true, requiredResourceAccess }
  return { title: 'Application manifest: sign-in of a person ("Mobile and desktop applications") and requiredResourceAccess', language: 'json', text: JSON.stringify(registration, null, 2) }
}

function azureCli({ tenantId, clientId }: Registration, needs: readonly RoleNeed[]): ReadinessScript {
  const permissions = needs.map(({ role }) => quoteForShell(`${delegatedPermissions[role]}=Scope`)).join(' ')
  return {
    title: 'Azure CLI', language: 'shell',
    text: [
      asComment('Lets people sign in, adds these delegated permissions of Microsoft Graph and grants consent for the tenant.'),
      asComment('Redirect addresses that stand under "Mobile and desktop applications" already are replaced: name them here too.'),
      ...needs.map(({ role, why }) => asComment(`${role}: ${why}`)),
      `az login --tenant ${quoteForShell(tenantId)} --allow-no-subscriptions`,
      `az ad app update --id ${quoteForShell(clientId)} --public-client-redirect-uris ${quoteForShell(redirectUri)} --is-fallback-public-client true`,
      `az ad app permission add --id ${quoteForShell(clientId)} --api ${quoteForShell(graphResource)} --api-permissions ${permissions}`,
      `az ad app permission admin-consent --id ${quoteForShell(clientId)}`,
    ].join('\n'),
  }
}

/** Permissions of a registration can only be set all at once: they are added under API permissions, or by the Azure CLI. */
function graphPowerShell({ tenantId, clientId }: Registration): ReadinessScript {
  return {
    title: 'Microsoft Graph PowerShell', language: 'powershell',
    text: [
      asComment('Lets people sign in with the browser of their computer, or with a code; redirect addresses that are there stay. Changes nothing else.'),
      `Connect-MgGraph -TenantId ${quoteForPowerShell(tenantId)} -Scopes 'Application.ReadWrite.All'`,
      `$registration = Get-MgApplication -Filter ${quoteForPowerShell(`appId eq '${clientId.replaceAll("'", "''")}'`)}`,
      `$addresses = @($registration.PublicClient.RedirectUris) + ${quoteForPowerShell(redirectUri)} | Select-Object -Unique`,
      'Update-MgApplication -ApplicationId $registration.Id -IsFallbackPublicClient -PublicClient @{ RedirectUris = @($addresses) }',
    ].join('\n'),
  }
}
