import { z } from 'zod'
import { groupsHolding } from '../../changes/membership.ts'
import { answerGraphError, answerGraphJson, graphErrors } from '../graphErrors.ts'
import { readJsonBody } from '../graphRequest.ts'
import type { GraphEndpoint } from '../graphRequest.ts'
import { findUser } from '../findUser.ts'
import { rolesToReadGroups } from './groupProperties.ts'

/** Documented: up to 20 groups in one request. */
const bodySchema = z.object({ groupIds: z.array(z.string()).min(1).max(20) })

/** POST /users/{id}/checkMemberGroups (https://learn.microsoft.com/graph/api/directoryobject-checkmembergroups): which of these groups hold the user, by nesting too. */
export const checkMemberGroups: GraphEndpoint = {
  roles: rolesToReadGroups,
  units: 4,
  isQuestion: 'yes',
  answer: ({ context, request, parameters }) => {
    const name = parameters['user'] ?? ''
    const user = findUser(context.store, name)
    if (user === null) return answerGraphError(graphErrors.resourceNotFound(name), request)
    const body = bodySchema.safeParse(readJsonBody(request))
    if (!body.success) return answerGraphError(graphErrors.badRequest('groupIds must name between 1 and 20 groups.'), request)
    const holding = groupsHolding(context.store, user)
    const value = body.data.groupIds.filter((id) => holding.has(id.toLowerCase()))
    return answerGraphJson({ '@odata.context': `${context.graphUrl}/v1.0/$metadata#Collection(Edm.String)`, value }, request)
  },
}
