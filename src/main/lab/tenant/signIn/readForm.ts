import { headerOf } from '../../http/message.ts'
import type { LabRequest } from '../../http/message.ts'

/** The fields of a form; none where something else was sent. */
export function readForm(request: LabRequest): URLSearchParams {
  const isForm = (headerOf(request, 'content-type') ?? '').toLowerCase().startsWith('application/x-www-form-urlencoded')
  return new URLSearchParams(isForm ? request.body.toString('utf8') : '')
}
