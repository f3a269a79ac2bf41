import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete'
import { syntaxTree } from '@codemirror/language'
import type { RulesVocabulary } from '../../../../shared/api/rulesEditing.ts'
import { texts } from '../../texts.ts'
import { placeAt, type Place } from './jsonPlaces.ts'

export type Offered = { readonly vocabulary: RulesVocabulary; /** Attributes of the metaverse. */ readonly metaverse: readonly string[] }

/** What fits into the value at the cursor: functions, parameters and attributes of the side that is read or written there. */
export function completeRules(context: CompletionContext, { vocabulary, metaverse }: Offered): CompletionResult | null {
  const inner = syntaxTree(context.state).resolveInner(context.pos, -1)
  if (inner.name !== 'String') return null
  const word = context.matchBefore(/[%\w]*$/)
  if (word === null || (word.from === word.to && !context.explicit)) return null
  const options = optionsFor(placeAt(context.state, context.pos), vocabulary, metaverse)
  return options.length === 0 ? null : { from: word.from, options: [...options], validFor: /^[%\w]*$/ }
}

function optionsFor(place: Place, vocabulary: RulesVocabulary, metaverse: readonly string[]): readonly Completion[] {
  const connector = attributes(place.connector === null ? [] : vocabulary.attributes[place.connector], place.connector === null ? '' : texts.rules.systems[place.connector])
  const person = attributes(metaverse, texts.rules.metaverse)
  const [read, written] = place.direction === 'outbound' ? [person, connector] : [connector, person]
  switch (place.key) {
    case 'expression': return [...functions(vocabulary), ...read, ...vocabulary.parameters.map((name): Completion => ({ label: `%${name}%`, type: 'constant', detail: texts.rules.parameter }))]
    case 'attribute': return read
    case 'to': return written
    case 'connectorAttribute': return connector
    case 'metaverseAttribute': return person
    case 'operator': return vocabulary.operators.map((label): Completion => ({ label, type: 'keyword', detail: texts.rules.operators[label] ?? '' }))
    case 'connector': return ['entra', 'ad'].map((label): Completion => ({ label, type: 'keyword' }))
    case 'direction': return ['inbound', 'outbound'].map((label): Completion => ({ label, type: 'keyword' }))
    default: return []
  }
}

function functions({ functions: known }: RulesVocabulary): readonly Completion[] {
  return known.map(({ name, signature }): Completion => ({ label: name, type: 'function', detail: signature.slice(name.length), apply: `${name}(`, boost: -1 }))
}

function attributes(names: readonly string[], where: string): readonly Completion[] {
  return names.map((label): Completion => ({ label, type: 'property', detail: where }))
}
