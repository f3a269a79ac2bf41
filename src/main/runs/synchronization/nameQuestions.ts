import type { DomainName } from '../../../shared/domain/connectorObject.ts'
import { textOf } from '../../../shared/domain/attributes.ts'
import type { Problem } from '../../../shared/domain/problem.ts'
import { succeed, type Result } from '../../../shared/domain/result.ts'
import type { DirectoryReader, ForestAnswer } from '../../connectors/connector.ts'
import type { NameAnswers } from '../directoryAnswers.ts'

/** Who can be asked about names beyond what imports have brought. Keys of answers are in lower case. */
export type NameQuestions = {
  /** userPrincipalName in the forest (sync-semantics 18). */
  readonly findInForest: (names: readonly string[]) => Promise<Result<ReadonlyMap<string, ForestAnswer>, Problem>>
  /** sAMAccountName in the domain as it is now; null: free. Names that are missing from the answer were not asked about. */
  readonly findInDomain: (names: readonly string[]) => Promise<Result<ReadonlyMap<string, DomainName | null>, Problem>>
}

/** Without connection: the index of the last full import stands for the domain, and nothing for the forest. */
export const offlineNames: NameQuestions = {
  findInForest: async (names) => succeed(new Map(names.map((name) => [name.toLowerCase(), { kind: 'notChecked', why: 'the synchronisation ran without a connection to the directory' } as const]))),
  findInDomain: async () => succeed(new Map()),
}

/** Asks a directory whose names were just imported about the forest alone. */
export function askForest(reader: DirectoryReader, signal: AbortSignal): NameQuestions {
  return { ...offlineNames, findInForest: async (names) => succeedLowered(await reader.findInForest('userPrincipalName', names, signal)) }
}

/** So many questions are on the way to the controller at a time: each is an indexed look-up. */
const asksAtATime = 16

/** After a delta import, which leaves the index of names as it was, the domain is asked too. */
export function askForestAndDomain(reader: DirectoryReader, signal: AbortSignal): NameQuestions {
  return {
    ...askForest(reader, signal),
    findInDomain: async (names) => {
      const answers = new Map<string, DomainName | null>()
      for (let first = 0; first < names.length; first += asksAtATime) {
        const asked = names.slice(first, first + asksAtATime)
        const found = await Promise.all(asked.map((name) => reader.findByValue('sAMAccountName', name, signal)))
        for (const [index, answer] of found.entries()) {
          if (!answer.ok) return answer
          const [name, owner] = [asked[index] ?? '', answer.value[0]]
          answers.set(name.toLowerCase(), owner === undefined ? null : { accountName: textOf(owner.attributes, 'sAMAccountName') ?? name, dn: owner.dn ?? owner.anchor, anchor: owner.anchor })
        }
      }
      return succeed(answers)
    },
  }
}

/** As an earlier synchronisation was answered. */
export function recordedNames({ forest, accountNames }: Pick<NameAnswers, 'forest' | 'accountNames'>): NameQuestions {
  return {
    findInForest: async (names) => succeed(pick(forest, names)),
    findInDomain: async (names) => succeed(pick(accountNames, names)),
  }
}

function pick<Answer>(answers: Readonly<Record<string, Answer>>, names: readonly string[]): ReadonlyMap<string, Answer> {
  return new Map(names.flatMap((name) => {
    const key = name.toLowerCase()
    const answer = Object.hasOwn(answers, key) ? answers[key] : undefined
    return answer === undefined ? [] : [[key, answer] as const]
  }))
}

function succeedLowered(result: Result<ReadonlyMap<string, ForestAnswer>, Problem>): Result<ReadonlyMap<string, ForestAnswer>, Problem> {
  return result.ok ? succeed(new Map([...result.value].map(([name, answer]) => [name.toLowerCase(), answer]))) : result
}
