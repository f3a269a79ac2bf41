import { answerGraphError, answerGraphJson, graphErrors } from './graphErrors.ts'
import type { GraphEndpoint } from './graphRequest.ts'

/** Microsoft Entra ID P1; the ids are those of the real product (https://learn.microsoft.com/entra/identity/users/licensing-service-plan-reference). */
const premium = { skuId: '078d2b04-f1bd-4111-bbd4-b4b1b354cef4', servicePlanId: '41781fb2-bc02-4b7c-bd55-b576c07bb09d' } as const

/** GET /subscribedSkus: what the tenant has bought (https://learn.microsoft.com/graph/api/subscribedsku-list). Takes `$select` and nothing else. */
export const listSubscribedSkus: GraphEndpoint = {
  roles: ['LicenseAssignment.Read.All', 'Organization.Read.All', 'Directory.Read.All', 'Directory.ReadWrite.All'],
  answer: ({ context, request, options }) => {
    const { identity } = context
    const sku: Readonly<Record<string, unknown>> = {
      accountId: identity.id,
      accountName: identity.displayName,
      appliesTo: 'User',
      capabilityStatus: 'Enabled',
      consumedUnits: 2,
      id: `${identity.id}_${premium.skuId}`,
      skuId: premium.skuId,
      skuPartNumber: 'AAD_PREMIUM',
      subscriptionIds: [],
      prepaidUnits: { enabled: 25, suspended: 0, warning: 0, lockedOut: 0 },
      servicePlans: [{ servicePlanId: premium.servicePlanId, servicePlanName: 'AAD_PREMIUM', provisioningStatus: 'Success', appliesTo: 'User' }],
    }
    const select = options.$select === undefined ? null : options.$select.split(',').map((name) => name.trim())
    const unknown = select?.find((name) => !Object.hasOwn(sku, name))
    if (unknown !== undefined) {
      return answerGraphError(graphErrors.malformedQuery(`Parsing OData Select and Expand failed: Could not find a property named '${unknown}' on type 'microsoft.graph.subscribedSku'.`), request)
    }
    const shown = Object.fromEntries((select ?? Object.keys(sku)).map((name) => [name, sku[name]]))
    const selected = select === null ? '' : `(${select.join(',')})`
    return answerGraphJson({ '@odata.context': `${context.graphUrl}/v1.0/$metadata#subscribedSkus${selected}`, value: [shown] }, request)
  },
}
