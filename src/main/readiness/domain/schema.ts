import { failed, notRead, passed } from '../answers.ts'
import type { CheckAnswer } from '../readinessCheck.ts'
import { afterSignIn } from './domainWorld.ts'

/** The DN is no attribute that could be read of the schema under this name. */
const noAttributes = new Set(['dn'])

export const checkSchema = afterSignIn(async ({ inspector, settings }, _signedIn, signal): Promise<CheckAnswer> => {
  const wanted = settings.usedAttributes.filter((name) => !noAttributes.has(name.toLowerCase()))
  const known = await inspector.readAttributeTypes(wanted, signal)
  if (!known.ok) return notRead(known.problem)
  const unknown = wanted.filter((name) => !known.value.has(name.toLowerCase()))
  const read = wanted.map((name) => `${name}: ${known.value.has(name.toLowerCase()) ? 'known' : 'unknown'}`)
  if (unknown.length === 0) return passed(`The schema knows all ${wanted.length} attributes that the rules use.`, { read })
  return failed(`The schema of the directory has no ${unknown.join(', ')}, which the rules use.`, 'Correct the name in the rules, or let an administrator of the schema add the attribute.', { read })
})
