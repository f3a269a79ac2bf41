import type { Input, Outputs } from '../../../../shared/api/contract.ts'
import type { MetaverseObject } from '../../../../shared/domain/metaverse.ts'
import type { Problem } from '../../../../shared/domain/problem.ts'
import { fail, succeed, type Result } from '../../../../shared/domain/result.ts'
import type { CommandContext } from '../commandContext.ts'
import { exitCodes, type ExitCode } from '../exitCodes.ts'
import { show } from '../planText.ts'
import { renderTable } from '../table.ts'
import { refuse, withService } from '../withService.ts'

type Clause = Input<'metaverse.search'>['clauses'][number]

/** All clauses must hold. `text` is looked for in every value. */
export function search(context: CommandContext, options: { readonly clauses: readonly string[]; readonly text: string | null; readonly limit: number }): Promise<ExitCode> {
  const { output } = context
  const clauses: Clause[] = []
  for (const text of options.clauses) {
    const clause = parseClause(text)
    if (!clause.ok) return Promise.resolve(refuse(context, clause.problem))
    clauses.push(clause.value)
  }
  return withService(context, async (call) => {
    const objects: MetaverseObject[] = []
    let after: string | null = null
    do {
      const page: Result<Outputs['metaverse.search'], Problem> = await call('metaverse.search', { clauses, text: options.text, after, limit: Math.min(500, options.limit - objects.length) })
      if (!page.ok) return refuse(context, page.problem)
      objects.push(...page.value.objects)
      after = page.value.next
    } while (after !== null && objects.length < options.limit)
    output.document({ objects, isComplete: after === null })
    const text = (name: string) => ({ attributes }: MetaverseObject) => show(attributes[name]?.values ?? [])
    renderTable<MetaverseObject>(objects, [
      { title: 'Name', value: text('displayName'), maximum: 32 },
      { title: 'Account name', value: text('accountName') },
      { title: 'userPrincipalName', value: text('userPrincipalName') },
      { title: 'Id', value: ({ id }) => id },
    ]).forEach((line) => output.line(line))
    output.line()
    output.line(after === null ? `${objects.length} found` : `the first ${objects.length}; --limit shows more`)
    return exitCodes.done
  })
}

const operators = { '=': 'equals', '^=': 'startsWith', '*=': 'contains', '?': 'isPresent', '!': 'isMissing' } as const

/** `sn=Souza`, `sn^=Sou`, `sn*=ouz`, `mail?` (has a value), `mail!` (has none). */
export function parseClause(text: string): Result<Clause, Problem> {
  const match = /^([A-Za-z][A-Za-z0-9_-]*)(\^=|\*=|=|\?$|!$)(.*)$/s.exec(text)
  const [, attribute, sign, value] = match ?? []
  const operator = Object.entries(operators).find(([known]) => known === sign)?.[1]
  if (attribute === undefined || operator === undefined) {
    return fail({ kind: 'usage', message: `"${text}" is not a condition.`, remedy: 'Write attribute=value, attribute^=beginning, attribute*=part, "attribute?" for any value or "attribute!" for none.' })
  }
  const takesValue = operator !== 'isPresent' && operator !== 'isMissing'
  return succeed({ attribute, operator, value: takesValue ? (value ?? '') : null })
}
