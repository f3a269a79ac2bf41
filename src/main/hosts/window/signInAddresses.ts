import type { Handler } from '../../../shared/rpc/serve.ts'

/** Where the service asks a person to sign in, as long as it waits for that. */
export type SignInAddresses = {
  /** The same answers; what they name on the way is remembered until they are there, or name something else. */
  readonly follow: (handler: Handler) => Handler
  /** Whether this is such an address, whoever asks. */
  readonly has: (address: string) => boolean
}

export function createSignInAddresses(): SignInAddresses {
  const named = new Map<symbol, string>()
  return {
    follow: (handler) => async (name, input, { signal, emit }) => {
      const call = Symbol(name)
      try {
        return await handler(name, input, {
          signal,
          emit: (event) => {
            const address = readSignInAddress(event)
            if (address === null) named.delete(call)
            else named.set(call, address)
            emit(event)
          },
        })
      } finally {
        named.delete(call)
      }
    },
    has: (address) => {
      const wanted = readHttpsAddress(address)
      return wanted !== null && [...named.values()].includes(wanted)
    },
  }
}

function readSignInAddress(event: unknown): string | null {
  if (typeof event !== 'object' || event === null || !('signIn' in event)) return null
  const { signIn } = event
  return typeof signIn === 'object' && signIn !== null && 'address' in signIn && typeof signIn.address === 'string' ? readHttpsAddress(signIn.address) : null
}

/** As browsers spell it, so that both sides compare the same; nothing but https, and nobody's name in front of the host. */
function readHttpsAddress(text: string): string | null {
  const url = URL.parse(text)
  return url?.protocol === 'https:' && url.username === '' && url.password === '' ? url.href : null
}
