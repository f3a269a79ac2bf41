import type { ReadinessScript } from '../../../shared/domain/readiness.ts'
import { graphResource, graphRoles } from '../tenant/graphRoles.ts'
import type { RoleNeed } from '../tenant/graphRoles.ts'
import type { TenantSettings } from '../tenant/tenantWorld.ts'
import { personScripts } from './personScripts.ts'
import { asComment, quoteForPowerShell, quoteForShell } from './quote.ts'

/** The same application in every form in which an administrator may want to make it. Only `needs` are asked for. */
export function tenantScripts(settings: Pick<TenantSettings, 'tenantId' | 'clientId' | 'signInUrl' | 'signsIn'>, needs: readonly RoleNeed[]): readonly ReadinessScript[] {
  if (settings.signsIn === 'person') return [...personScripts(settings, needs), consentLink(settings)]
  return [manifest(needs), azureCli(settings, needs), graphPowerShell(settings, needs), consentLink(settings)]
}

/** https://learn.microsoft.com/entra/identity-platform/reference-microsoft-graph-app-manifest */
function manifest(needs: readonly RoleNeed[]): ReadinessScript {
  const requiredResourceAccess = [{ resourceAppId: graphResource, resourceAccess: needs.map(({ role }) => ({ id: graphRoles[role], type: 'Role' })) }]
  return { title: 'Application manifest: requiredResourceAccess', language: 'json', text: JSON.stringify({ requiredResourceAccess }, null, 2) }
}

function azureCli({ tenantId, clientId }: Pick<TenantSettings, 'tenantId' | 'clientId'>, needs: readonly RoleNeed[]): ReadinessScript {
  const permissions = needs.map(({ role }) => quoteForShell(`${graphRoles[role]}=Role`)).join(' ')
  return {
    title: 'Azure CLI', language: 'shell',
    text: [
      asComment('Adds these application permissions of Microsoft Graph and grants consent for the tenant; changes nothing else.'),
      ...needs.map(({ role, why }) => asComment(`${role}: ${why}`)),
      `az login --tenant ${quoteForShell(tenantId)} --allow-no-subscriptions`,
      `az ad app permission add --id ${quoteForShell(clientId)} --api ${quoteForShell(graphResource)} --api-permissions ${permissions}`,
      `az ad app permission admin-consent --id ${quoteForShell(clientId)}`,
    ].join('\n'),
  }
}

function graphPowerShell({ tenantId, clientId }: Pick<TenantSettings, 'tenantId' | 'clientId'>, needs: readonly RoleNeed[]): ReadinessScript {
  return {
    title: 'Microsoft Graph PowerShell', language: 'powershell',
    text: [
      asComment('Grants these application roles of Microsoft Graph to the application; those that are granted already stay. Changes nothing else.'),
      `Connect-MgGraph -TenantId ${quoteForPowerShell(tenantId)} -Scopes 'Application.Read.All', 'AppRoleAssignment.ReadWrite.All'`,
      `$application = Get-MgServicePrincipal -Filter ${quoteForPowerShell(`appId eq '${clientId.replaceAll("'", "''")}'`)}`,
      `$graph = Get-MgServicePrincipal -Filter ${quoteForPowerShell(`appId eq '${graphResource}'`)}`,
      '$granted = (Get-MgServicePrincipalAppRoleAssignment -ServicePrincipalId $application.Id -All).AppRoleId',
      ...needs.flatMap(({ role, why }) => [
        asComment(`${role}: ${why}`),
        `if ($granted -notcontains ${quoteForPowerShell(graphRoles[role])}) { New-MgServicePrincipalAppRoleAssignment -ServicePrincipalId $application.Id -PrincipalId $application.Id -ResourceId $graph.Id -AppRoleId ${quoteForPowerShell(graphRoles[role])} }`,
      ]),
    ].join('\n'),
  }
}

/** https://learn.microsoft.com/entra/identity-platform/v2-admin-consent */
function consentLink({ tenantId, clientId, signInUrl }: Pick<TenantSettings, 'tenantId' | 'clientId' | 'signInUrl'>): ReadinessScript {
  return { title: 'Consent of an administrator', language: 'link', text: `${signInUrl}/${encodeURIComponent(tenantId)}/adminconsent?client_id=${encodeURIComponent(clientId)}` }
}
