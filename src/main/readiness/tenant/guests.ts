import { failed, notChecked, notRead, passed, warned } from '../answers.ts'
import type { CheckAnswer } from '../readinessCheck.ts'
import { afterToken } from './tenantWorld.ts'

/** The first page of an import, as the import would read it: with every selected property, in the scope of the workspace. */
export const checkGuests = afterToken(async ({ reader, settings }, _inspector, _token, signal): Promise<CheckAnswer> => {
  const entra = await reader()
  if (!entra.ok) return notRead(entra.problem)
  const stop = new AbortController()
  const read = [`properties: ${settings.attributes.join(', ')}`]
  try {
    for await (const page of entra.value.importAll({ attributes: settings.attributes, signal: AbortSignal.any([signal, stop.signal]) })) {
      if (!page.ok) return page.problem.kind === 'cancelled' ? notRead(page.problem) : failed(page.problem.message, page.problem.remedy, { read })
      const { objects, problems, total, isLast } = page.value
      const all = total ?? (isLast ? objects.length : null)
      const count = all === null ? `At least ${objects.length} guests` : `${all} ${all === 1 ? 'guest' : 'guests'}`
      if (objects.length === 0) return warned('No guest is in the scope of this workspace.', 'Check `filter` and `scopeGroup` of `entra`; an empty source stops every synchronisation.', { read })
      if (problems.length > 0) return warned(`${count} can be read, and ${problems.length} of the first ${objects.length + problems.length} not: ${problems[0]?.message ?? ''}`, problems[0]?.remedy ?? 'Look at them in Entra.', { read })
      return passed(`${count} can be read with all properties that the rules use.`, { read })
    }
    return notChecked('Graph ended the listing before it began.', 'Check again.')
  } finally {
    stop.abort()
  }
})
