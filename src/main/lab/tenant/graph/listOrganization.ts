import { answerGraphError, answerGraphJson, graphErrors } from './graphErrors.ts'
import type { GraphEndpoint } from './graphRequest.ts'

/** GET /organization: the tenant itself, a list of one (https://learn.microsoft.com/graph/api/organization-list). */
export const listOrganization: GraphEndpoint = {
  roles: ['Organization.Read.All', 'Directory.Read.All', 'Directory.ReadWrite.All'],
  answer: ({ context, request, options }) => {
    const { identity } = context
    const organization: Readonly<Record<string, unknown>> = {
      id: identity.id,
      deletedDateTime: null,
      displayName: identity.displayName,
      countryLetterCode: identity.countryLetterCode,
      createdDateTime: identity.createdDateTime,
      tenantType: 'AAD',
      onPremisesSyncEnabled: null,
      onPremisesLastSyncDateTime: null,
      technicalNotificationMails: [],
      verifiedDomains: identity.verifiedDomains.map((name, index) => ({
        capabilities: 'Email, OfficeCommunicationsOnline', isDefault: index === 0, isInitial: index === 0, name, type: 'Managed',
      })),
    }
    const select = options.$select === undefined ? null : options.$select.split(',').map((name) => name.trim())
    const unknown = select?.find((name) => !Object.hasOwn(organization, name))
    if (unknown !== undefined) {
      return answerGraphError(graphErrors.malformedQuery(`Parsing OData Select and Expand failed: Could not find a property named '${unknown}' on type 'microsoft.graph.organization'.`), request)
    }
    const shown = Object.fromEntries((select ?? Object.keys(organization)).map((name) => [name, organization[name]]))
    const selected = select === null ? '' : `(${select.join(',')})`
    return answerGraphJson({ '@odata.context': `${context.graphUrl}/v1.0/$metadata#organization${selected}`, value: [shown] }, request)
  },
}
