import { guidFromBytes, guidToBytes, parseObjectGuid, parseSid, sidFromBytes } from '../../../shared/domain/ids.ts'
import { fail, succeed } from '../../../shared/domain/result.ts'
import { decodeBase64, encodeBase64 } from '../../../shared/domain/base64.ts'
import { deriveGuid } from '../random.ts'
import { nothing } from '../values.ts'
import type { ExpressionFunction, Outcome } from './definition.ts'
import { alias, defineFunction } from './definition.ts'
import { textOrNull } from './parameters.ts'

const convertSidToString = defineFunction({
  name: 'ConvertSidToString', returns: 'text', parameters: [textOrNull('objectSid')], isPerValue: true,
  evaluate: ([given]) => printSid(given)
})
const convertStringToGuid = defineFunction({
  name: 'ConvertStringToGuid', returns: 'text', parameters: [textOrNull('text')], isPerValue: true,
  evaluate: ([given]) => {
    if (given === null || given === '') return succeed(nothing)
    const guid = parseObjectGuid(given)
    return guid.ok ? succeed([encodeBase64(guidToBytes(guid.value))]) : fail('the parameter must be a string representing a valid Guid')
  }
})

/**
 * Functions of GUIDs and SIDs. Binary values travel as text (`Value`): SIDs and GUIDs of known attributes in their usual
 * form, other bytes as base64. So the functions that print take either, and the ones that make bytes give base64.
 */
export const identifierFunctions: readonly ExpressionFunction[] = [
  convertSidToString, alias('StringFromSid', convertSidToString),
  convertStringToGuid, alias('CGuid', convertStringToGuid),
  defineFunction({ name: 'StringFromGuid', returns: 'text', parameters: [textOrNull('guid')], isPerValue: true, evaluate: ([given]) => printGuid(given) }),
  defineFunction({ name: 'GUID', returns: 'text', parameters: [], evaluate: (_, context, position) => succeed([deriveGuid(`${context.seed}#${position}`)]) })
]

function printSid(given: string | null): Outcome {
  if (given === null || given === '') return succeed(nothing)
  const sid = parseSid(given)
  if (sid.ok) return succeed([sid.value])
  const bytes = decodeBase64(given)
  // A view of less than eight bytes could not be read.
  const read = bytes === null || bytes.length < 8 ? null : sidFromBytes(bytes)
  return read?.ok === true ? succeed([read.value]) : fail('objectSid is not a security identifier')
}

function printGuid(given: string | null): Outcome {
  if (given === null || given === '') return succeed(nothing)
  const guid = parseObjectGuid(given)
  if (guid.ok) return succeed([guid.value])
  const bytes = decodeBase64(given)
  const read = bytes === null ? null : guidFromBytes(bytes)
  return read?.ok === true ? succeed([read.value]) : fail('guid is not a GUID')
}
