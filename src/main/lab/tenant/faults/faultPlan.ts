/** What happens to a request instead of (or, for a delay, before) its answer. */
export type FaultEffect =
  | { readonly kind: 'answer'; readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: string }
  | { readonly kind: 'delay'; readonly seconds: number }
  /** The connection ends without an answer; what the request asked for is not done. */
  | { readonly kind: 'reset' }
  /** The request is done and answered, but the connection ends within the body. */
  | { readonly kind: 'cutOff' }

export type Fault = {
  /** Path without query, as on the wire; a `*` at the end stands for anything. Case does not matter. */
  readonly path: string
  /** Null: any method. */
  readonly method: string | null
  /** Requests that pass unharmed before the first fault. */
  readonly after: number
  /** Requests that fail from then on. */
  readonly times: number
  readonly effect: FaultEffect
}

/** Faults to come, in the order in which they were planned. They do not survive a restart. */
export type FaultPlan = {
  readonly add: (fault: Fault) => void
  readonly clear: () => void
  readonly listOpen: () => readonly Fault[]
  /** What is to happen to this request; counts it. `item`: a request inside of a `$batch`, which has no connection of its own and only answers. */
  readonly take: (method: string, path: string, place: 'connection' | 'item') => FaultEffect | null
}

export function createFaultPlan(): FaultPlan {
  let faults: readonly Fault[] = []
  return {
    add: (fault) => {
      faults = [...faults, fault]
    },
    clear: () => {
      faults = []
    },
    listOpen: () => faults,
    take: (method, path, place) => {
      const fault = faults.find((one) => concerns(one, method, path) && (place === 'connection' || one.effect.kind === 'answer'))
      if (fault === undefined) return null
      const counted = fault.after > 0 ? { ...fault, after: fault.after - 1 } : { ...fault, times: fault.times - 1 }
      faults = faults.flatMap((one) => (one !== fault ? [one] : counted.times > 0 ? [counted] : []))
      return fault.after > 0 ? null : fault.effect
    },
  }
}

function concerns(fault: Fault, method: string, path: string): boolean {
  if (fault.method !== null && fault.method.toUpperCase() !== method.toUpperCase()) return false
  const [wanted, given] = [fault.path.toLowerCase(), decodePath(path).toLowerCase()]
  return wanted.endsWith('*') ? given.startsWith(wanted.slice(0, -1)) : given === wanted
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    // No fault is planned for what is no path; the service itself refuses it.
    return path
  }
}
