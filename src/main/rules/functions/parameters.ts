import type { Value } from '../../../shared/domain/attributes.ts'
import type { Result } from '../../../shared/domain/result.ts'
import { fail, succeed } from '../../../shared/domain/result.ts'
import type { Numeric } from '../numeric.ts'
import { compareNumerics, readNumeric } from '../numeric.ts'
import type { Values } from '../values.ts'
import { onlyValue, textOfValue } from '../values.ts'
import type { Argument, Evaluated, Failure, Parameter } from './definition.ts'

/** One value as text; null is empty text. */
export function text(name: string): Parameter<string> {
  return required(name, 'anything', (values) => mapOnly(values, (value) => succeed(value === null ? '' : textOfValue(value)), name))
}

/** One value as text, or null. */
export function textOrNull(name: string): Parameter<string | null> {
  return required(name, 'anything', (values) => mapOnly(values, (value) => succeed(value === null ? null : textOfValue(value)), name))
}

/** One whole number, cut to what a position or a count can mean (beyond every text, in either direction). */
export function count(name: string): Parameter<number> {
  return required(name, 'number', (values) => mapOnly(values, (value) => readCount(value, name), name))
}

/** One whole number of any size; null stays null. */
export function integerOrNull(name: string): Parameter<bigint | null> {
  return required(name, 'number', (values) => mapOnly(values, (value): Result<bigint | null, string> => (value === null ? succeed(null) : readInteger(value, name)), name))
}

export function integer(name: string): Parameter<bigint> {
  return required(name, 'number', (values) => mapOnly(values, (value) => (value === null ? fail(`${name} has no value`) : readInteger(value, name)), name))
}

/** One value of whatever type, or null. */
export function value(name: string): Parameter<Value | null> {
  return required(name, 'anything', (values) => mapOnly(values, (only) => succeed(only), name))
}

/** All values of an attribute or list. */
export function list(name: string): Parameter<Values> {
  return required(name, 'anything', (values) => succeed(values))
}

/** A condition: True or False, also as text or number (0 is False); null is False. */
export function condition(name: string): Parameter<boolean> {
  return required(name, 'condition', (values) => mapOnly(values, (only) => readCondition(only, name), name))
}

/** One of the words; they may stand without quotation marks and ignore case. */
export function choice<const Word extends string>(name: string, words: readonly [Word, ...Word[]]): Parameter<Word> {
  const read = (values: Values) => mapOnly(values, (only) => {
    const wanted = only === null ? '' : textOfValue(only).toLowerCase()
    const found = words.find((word) => word.toLowerCase() === wanted)
    return found === undefined ? fail(`${name} is one of ${words.join(', ')}`) : succeed(found)
  }, name)
  return { ...required(name, 'anything', read), choices: words }
}

/** A branch: evaluated only when it is chosen. */
export function branch(name: string): Parameter<() => Evaluated> {
  return { name, minimum: 1, maximum: 1, takes: 'anything', choices: [], isRead: false, read: ([given]) => succeed(given ?? (() => succeed([]))) }
}

/** Any number of branches, at least `minimum`. */
export function branches(name: string, minimum: number): Parameter<readonly Argument[]> {
  return { name, minimum, maximum: null, takes: 'anything', choices: [], isRead: false, read: (given) => succeed(given) }
}

/** Branches that come two by two, at least one pair. */
export function pairs(name: string): Parameter<readonly Argument[]> {
  return { ...branches(name, 2), isPaired: true }
}

export function optional<Read>(parameter: Parameter<Read>, otherwise: Read): Parameter<Read> {
  return { ...parameter, minimum: 0, read: (given) => (given.length === 0 ? succeed(otherwise) : parameter.read(given)) }
}

/** The parameter any number of times, at least `minimum`. */
export function repeated<Read>(parameter: Parameter<Read>, minimum: number): Parameter<readonly Read[]> {
  return { ...parameter, minimum, maximum: null, read: (given) => readAll(parameter, given) }
}

function required<Read>(name: string, takes: Parameter<Read>['takes'], readValues: (values: Values) => Result<Read, string>): Parameter<Read> {
  const read = ([given]: readonly Argument[]): Result<Read, Failure> => {
    const values: Evaluated = given?.() ?? succeed([])
    return values.ok ? readValues(values.value) : values
  }
  return { name, minimum: 1, maximum: 1, takes, choices: [], isRead: true, read }
}

function readAll<Read>(parameter: Parameter<Read>, given: readonly Argument[]): Result<readonly Read[], Failure> {
  const read: Read[] = []
  for (const argument of given) {
    const result = parameter.read([argument])
    if (!result.ok) return result
    read.push(result.value)
  }
  return succeed(read)
}

function mapOnly<Read>(values: Values, readOne: (value: Value | null) => Result<Read, string>, name: string): Result<Read, string> {
  const only = onlyValue(values)
  return only.ok ? readOne(only.value) : fail(`of ${name} ${only.problem}`)
}

function readInteger(given: Value, name: string): Result<bigint, string> {
  const numeric: Numeric | null = readNumeric(given)
  return typeof numeric === 'bigint' ? succeed(numeric) : fail(`${name} is a whole number, not ${quote(given)}`)
}

/** No text is longer than 2^30 code units, so the cut changes no result. */
const farthest = 2n ** 30n

function readCount(given: Value | null, name: string): Result<number, string> {
  if (given === null) return fail(`${name} has no value`)
  const whole = readInteger(given, name)
  if (!whole.ok) return whole
  return succeed(Number(whole.value > farthest ? farthest : whole.value < -farthest ? -farthest : whole.value))
}

function readCondition(given: Value | null, name: string): Result<boolean, string> {
  if (given === null) return succeed(false)
  if (typeof given === 'boolean') return succeed(given)
  const word = textOfValue(given).toLowerCase()
  if (word === 'true' || word === 'false') return succeed(word === 'true')
  const numeric = readNumeric(given)
  return numeric === null ? fail(`${name} is True or False, not ${quote(given)}`) : succeed(compareNumerics(numeric, 0n) !== 0)
}

/** Long values are cut: a message is for a person. */
function quote(given: Value): string {
  const whole = textOfValue(given)
  return `"${whole.length > 40 ? `${whole.slice(0, 40).toWellFormed()}…` : whole}"`
}
