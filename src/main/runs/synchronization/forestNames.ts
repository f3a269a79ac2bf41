import type { Change, CreateChange } from '../../../shared/domain/change.ts'
import type { Problem } from '../../../shared/domain/problem.ts'
import { succeed, type Result } from '../../../shared/domain/result.ts'
import type { ForestAnswer } from '../../connectors/connector.ts'
import type { NameQuestions } from './nameQuestions.ts'
import { inBatches } from './pass.ts'

/** By userPrincipalName in lower case. */
export type Forest = ReadonlyMap<string, ForestAnswer>

/** What the forest says of the userPrincipalNames that these changes set (sync-semantics 18). */
export async function askAboutForest(questions: NameQuestions, changes: readonly Pick<Change, 'attributes'>[]): Promise<Result<Forest, Problem>> {
  const answers = new Map<string, ForestAnswer>()
  const names = new Set(changes.map(userPrincipalNameOf).filter((name) => name !== ''))
  for (const batch of inBatches([...names])) {
    const found = await questions.findInForest(batch)
    if (!found.ok) return found
    for (const [name, answer] of found.value) answers.set(name, answer)
  }
  return succeed(answers)
}

/** Who approves the account sees that its name may be taken elsewhere in the forest (sync-semantics 18). */
export function noteUnchecked(change: CreateChange, forest: Forest): CreateChange {
  const answer = forest.get(userPrincipalNameOf(change))
  if (answer?.kind !== 'notChecked') return change
  // Behind the members before it in the canonical form, see `provision`.
  const { anchor, attributes, dn, kind, metaverseId, ...others } = change
  return { anchor, attributes, dn, kind, metaverseId, notChecked: [{ what: 'userPrincipalNameInForest', why: answer.why }], ...others }
}

/** In lower case; empty where the change sets none. */
export function userPrincipalNameOf({ attributes }: Pick<Change, 'attributes'>): string {
  return String(attributes.find(({ name }) => name.toLowerCase() === 'userprincipalname')?.after[0] ?? '').toLowerCase()
}
