/** When an unattended cycle runs, and as whom. The same three things on every system. */
export type Schedule = {
  /** Id of the workspace: names the job, so that each workspace has one. */
  readonly workspace: string
  readonly workspaceName: string
  /** Absolute path. */
  readonly folder: string
  /** Minutes between two cycles, 5 to 1440. */
  readonly everyMinutes: number
  /** A run that takes longer is ended from outside too. */
  readonly limitMinutes: number
  /** Absolute paths and words of the command that runs one cycle; nothing goes through a shell. */
  readonly command: readonly string[]
  /** Account of the operating system; null: who installs it. Its own keychain holds the secrets. */
  readonly account: string | null
}

/** A file that a schedule consists of, ready to be written. */
export type ScheduleFile = { readonly path: string; readonly text: string }

/** A program that makes the system take the files up, or forget them. */
export type ScheduleStep = { readonly program: string; readonly args: readonly string[] }

export type Installation = {
  readonly system: 'systemd' | 'taskScheduler' | 'launchd'
  readonly files: readonly ScheduleFile[]
  readonly enable: readonly ScheduleStep[]
  readonly disable: readonly ScheduleStep[]
  /** Says when it runs next. */
  readonly show: ScheduleStep
  /** What a person has to do besides, in sentences: secrets under the other account, staying signed in. */
  readonly besides: readonly string[]
}

/** Longest first part of a name that all three systems take. */
export function jobName({ workspace }: Pick<Schedule, 'workspace'>): string {
  return `guestbridge-${workspace.toLowerCase().replace(/[^0-9a-z-]/g, '')}`
}

/** What the unattended process needs under its own account, wherever it runs. */
export function secretsBesides({ account, folder }: Schedule): readonly string[] {
  const who = account === null ? 'you' : account
  return [`Secrets are those that ${who} kept: as ${who}, run: guestbridge --workspace ${folder} secrets set directory (and entra).`]
}
