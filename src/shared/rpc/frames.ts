/**
 * What two ends say to each other over any duplex channel. A call may be answered by events before it is settled; a
 * subscription is a call that settles only when it is cancelled.
 */
export type Frame =
  | { readonly kind: 'call'; readonly id: number; readonly name: string; readonly input: unknown }
  | { readonly kind: 'event'; readonly id: number; readonly event: unknown }
  | { readonly kind: 'answer'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'failure'; readonly id: number; readonly failure: Failure }
  | { readonly kind: 'cancel'; readonly id: number }

/** Only bugs and broken peers fail; what can go wrong with data is part of an answer. */
export type Failure = { readonly code: 'unknownCall' | 'busy' | 'internal' | 'disconnected' | 'cancelled'; readonly message: string }

/** One duplex channel: a WebSocket, a MessagePort. `onClose` is called once, when nothing can come any more. */
export interface Channel {
  post(frame: Frame): void
  onFrame(listener: (frame: unknown) => void): void
  onClose(listener: () => void): void
}

/** Frames of a peer that may be broken or hostile: null is to be ignored. */
export function readFrame(raw: unknown): Frame | null {
  if (typeof raw !== 'object' || raw === null || !('kind' in raw) || !('id' in raw)) return null
  if (typeof raw.id !== 'number' || !Number.isSafeInteger(raw.id) || raw.id < 0) return null
  const { id } = raw
  switch (raw.kind) {
    case 'call': return 'name' in raw && typeof raw.name === 'string' && raw.name.length <= 100 ? { kind: 'call', id, name: raw.name, input: 'input' in raw ? raw.input : undefined } : null
    case 'cancel': return { kind: 'cancel', id }
    case 'event': return { kind: 'event', id, event: 'event' in raw ? raw.event : undefined }
    case 'answer': return { kind: 'answer', id, value: 'value' in raw ? raw.value : undefined }
    case 'failure': return 'failure' in raw && isFailure(raw.failure) ? { kind: 'failure', id, failure: raw.failure } : null
    default: return null
  }
}

function isFailure(raw: unknown): raw is Failure {
  return typeof raw === 'object' && raw !== null && 'code' in raw && typeof raw.code === 'string' && 'message' in raw && typeof raw.message === 'string'
}
