import type { LabAnswer } from '../../../http/message.ts'
import type { GraphRole } from '../../tenantSettings.ts'
import type { PublishedApplication, TenantProxy } from '../../tenantProxy.ts'
import { answerGraphError, answerGraphJson, graphErrors } from '../graphErrors.ts'
import type { GraphEndpoint, GraphRequest } from '../graphRequest.ts'

/**
 * Application proxy (https://learn.microsoft.com/graph/api/resources/onpremisespublishingprofile-root?view=graph-rest-beta).
 * Graph answers a person with a role only: "Application: Not supported".
 */
const roles: readonly GraphRole[] = ['Directory.ReadWrite.All']

export const listConnectorGroups: GraphEndpoint = { roles, callers: 'personsOnly', answer: (request) => (
  answerList(request, '#connectorGroups', request.context.proxy.groups.map(({ id, name, isDefault }) => ({ id, name, connectorGroupType: 'applicationProxy', isDefault, region: 'eur' })))
) }

export const listConnectors: GraphEndpoint = { roles, callers: 'personsOnly', answer: (request) => answerList(request, '#connectors', request.context.proxy.connectors.map(showConnector)) }

export const listGroupMembers: GraphEndpoint = { roles, callers: 'personsOnly', answer: (request) => (
  ofGroup(request, (group) => answerList(request, '#connectors', request.context.proxy.connectors.filter(({ groupId }) => groupId === group).map(showConnector)))
) }

export const listGroupApplications: GraphEndpoint = { roles, callers: 'personsOnly', answer: (request) => (
  ofGroup(request, (group) => answerList(request, '#applications', request.context.proxy.applications.filter(({ groupId }) => groupId === group).map(({ id, appId, displayName }) => ({ id, appId, displayName }))))
) }

/** `onPremisesPublishing` comes only where it is selected. */
export const getPublishedApplication: GraphEndpoint = { roles, callers: 'personsOnly', answer: (request) => {
  const application = find(request, ({ id }) => id === request.parameters['application'])
  return application === null ? notFound(request, 'application') : answerSelected(request, '#applications/$entity', { ...showApplication(application) })
} }

export const getServicePrincipal: GraphEndpoint = { roles, callers: 'personsOnly', answer: (request) => {
  const application = find(request, ({ appId }) => appId === request.parameters['appId'])
  if (application === null) return notFound(request, 'appId')
  const { servicePrincipalId, appId, displayName, assignments } = application
  return answerSelected(request, '#servicePrincipals/$entity', { id: servicePrincipalId, appId, displayName, appRoleAssignmentRequired: assignments !== null, servicePrincipalType: 'Application' })
} }

export const listAppRoleAssignments: GraphEndpoint = { roles, callers: 'personsOnly', answer: (request) => {
  const application = find(request, ({ servicePrincipalId }) => servicePrincipalId === request.parameters['servicePrincipal'])
  if (application === null) return notFound(request, 'servicePrincipal')
  const { servicePrincipalId, displayName, assignments } = application
  return answerList(request, '#appRoleAssignments', (assignments ?? []).map((assignment) => ({
    id: `${servicePrincipalId}-${assignment.principalId}`, appRoleId: '00000000-0000-0000-0000-000000000000', resourceId: servicePrincipalId, resourceDisplayName: displayName, ...assignment,
  })))
} }

function showConnector({ id, machineName, externalIp, status }: TenantProxy['connectors'][number]): Readonly<Record<string, unknown>> {
  return { id, machineName, externalIp, status, version: '1.5.3925.0' }
}

function showApplication(application: PublishedApplication): Readonly<Record<string, unknown>> {
  const { id, appId, displayName, internalUrl, externalUrl, externalAuthenticationType, kerberosServicePrincipalName, kerberosSignOnMappingAttributeType } = application
  return {
    id, appId, displayName,
    onPremisesPublishing: {
      applicationServerTimeout: 'Default', applicationType: 'enterpriseapp', externalAuthenticationType, externalUrl, internalUrl, isTranslateHostHeaderEnabled: true,
      singleSignOnSettings: { singleSignOnMode: 'onPremisesKerberos', kerberosSignOnSettings: { kerberosServicePrincipalName, kerberosSignOnMappingAttributeType } },
    },
  }
}

function find({ context }: GraphRequest, isMeant: (application: PublishedApplication) => boolean): PublishedApplication | null {
  return context.proxy.applications.find(isMeant) ?? null
}

function ofGroup(request: GraphRequest, answer: (group: string) => LabAnswer): LabAnswer {
  const group = request.context.proxy.groups.find(({ id }) => id === request.parameters['group'])
  return group === undefined ? notFound(request, 'group') : answer(group.id)
}

function notFound({ request, parameters }: GraphRequest, parameter: string): LabAnswer {
  return answerGraphError(graphErrors.resourceNotFound(parameters[parameter] ?? ''), request)
}

function answerSelected({ context, request, options }: GraphRequest, type: string, object: Readonly<Record<string, unknown>>): LabAnswer {
  const select = options.$select?.split(',').map((name) => name.trim()) ?? Object.keys(object).filter((name) => name !== 'onPremisesPublishing')
  const unknown = select.find((name) => !Object.hasOwn(object, name))
  if (unknown !== undefined) return answerGraphError(graphErrors.malformedQuery(`Parsing OData Select and Expand failed: Could not find a property named '${unknown}'.`), request)
  return answerGraphJson({ '@odata.context': `${context.graphUrl}/beta/$metadata${type}`, ...Object.fromEntries(select.map((name) => [name, object[name]])) }, request)
}

function answerList({ context, request }: GraphRequest, type: string, value: readonly unknown[]): LabAnswer {
  return answerGraphJson({ '@odata.context': `${context.graphUrl}/beta/$metadata${type}`, value }, request)
}
