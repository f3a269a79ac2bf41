import type { ConnectShown } from '../../../../shared/api/connectCalls.ts'
import type { ConnectCaller } from '../../../service/connect/connectWithoutWorkspace.ts'
import type { CommandContext } from '../commandContext.ts'
import type { Dialogue } from './dialogue.ts'

/** Every answer as an option, for scripts. */
export type ConnectOptions = {
  readonly name?: string; readonly note?: string
  readonly cloud?: string; readonly graphUrl?: string; readonly signInUrl?: string; readonly entraCa?: string
  readonly tenant?: string; readonly client?: string; readonly credential?: string; readonly certificate?: string; readonly days?: string; readonly secretExpires?: string; readonly uploaded?: true
  readonly domain?: string; readonly server?: readonly string[]; readonly startTls?: true; readonly adCa?: string; readonly fingerprint?: string
  readonly account?: string; readonly guestOu?: string; readonly disabledOu?: string
}

/** One set-up under way: who is asked, what is there, and the draft that holds its secrets in the service. */
export type SetUp = {
  readonly context: CommandContext
  readonly options: ConnectOptions
  readonly dialogue: Dialogue
  readonly call: ConnectCaller
  readonly draft: string
  readonly shown: ConnectShown
}
