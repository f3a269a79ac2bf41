import { hostname, userInfo } from 'node:os'

/** `user@computer`: who approves and decides. */
export function actor(): string {
  return `${userInfo().username}@${hostname()}`
}
