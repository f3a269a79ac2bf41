import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { ConnectInput, Saved, TestStep } from '../../../../shared/api/connectCalls.ts'
import type { Problem } from '../../../../shared/domain/problem.ts'
import { fail, succeed, type Result } from '../../../../shared/domain/result.ts'
import { connectWithoutWorkspace, type ConnectCaller } from '../../../service/connect/connectWithoutWorkspace.ts'
import { createProxySwitch, useProxy } from '../../../service/useProxy.ts'
import { configurationFileName } from '../../../workspace/readConfiguration.ts'
import type { CommandContext } from '../commandContext.ts'
import type { ConnectOptions, SetUp } from '../connect/connectOptions.ts'
import { openDialogue } from '../connect/dialogue.ts'
import { askDomain } from '../connect/domainStep.ts'
import { askEntra } from '../connect/entraStep.ts'
import { askOus } from '../connect/ouStep.ts'
import { exitCodes, type ExitCode } from '../exitCodes.ts'
import { showProgress } from '../showProgress.ts'
import { refuse, withService } from '../withService.ts'

/** `all`: from nothing, or everything again; the others are single steps of a workspace that is there. */
export type ConnectStep = 'all' | 'entra' | 'domain' | 'ou' | 'test'

type Answers = Pick<ConnectInput<'connect.test'>, 'entra' | 'directory'>

export async function connect(context: CommandContext, step: ConnectStep, options: ConnectOptions): Promise<ExitCode> {
  if (existsSync(join(context.workspace, configurationFileName))) return withService(context, (call) => runSteps(context, step, options, call))
  if (step !== 'all') return refuse(context, { kind: 'usage', message: `There is no workspace in ${context.workspace} whose settings could be changed.`, remedy: 'Connect tenant and domain first: guestbridge connect.' })
  const { environment, signal } = context
  const proxy = await useProxy({ environment, platform: process.platform, entra: null, resolveProxy: null }, createProxySwitch())
  if (!proxy.ok) return refuse(context, proxy.problem)
  return runSteps(context, step, options, connectWithoutWorkspace(environment, proxy.value, { signal, onProgress: showProgress(context) }))
}

async function runSteps(context: CommandContext, step: ConnectStep, options: ConnectOptions, call: ConnectCaller): Promise<ExitCode> {
  const shown = await call('connect.show', {})
  if (!shown.ok) return refuse(context, shown.problem)
  const dialogue = openDialogue(context)
  const setUp: SetUp = { context, options, dialogue, call, draft: randomUUID(), shown: shown.value }
  try {
    if (shown.value.workspace?.purpose === 'lab') return refuse(context, ofLab(context.workspace))
    if (dialogue.isInteractive && shown.value.keychain !== null) context.output.problem(shown.value.keychain)
    shown.value.expiring.forEach(({ sentence }) => dialogue.say(sentence))
    const answers = await askFor(step, setUp)
    if (!answers.ok) return refuse(context, answers.problem)
    const tested = await call('connect.test', { draft: setUp.draft, ...answers.value })
    if (!tested.ok) return refuse(context, tested.problem)
    printSteps(setUp, tested.value.steps)
    const isSound = tested.value.steps.every(({ outcome }) => outcome !== 'failed')
    if (step === 'test') {
      context.output.document({ steps: tested.value.steps })
      return isSound ? exitCodes.done : exitCodes.objectErrors
    }
    return await save(setUp, answers.value, tested.value.steps, isSound ? 'sound' : 'unsound')
  } finally {
    dialogue.close()
  }
}

async function askFor(step: ConnectStep, setUp: SetUp): Promise<Result<Answers, Problem>> {
  const { entra, directory } = setUp.shown
  switch (step) {
    case 'all': {
      const asked = await askEntra(setUp)
      if (!asked.ok) return asked
      const found = await askDirectory(setUp)
      return found.ok ? succeed({ entra: asked.value, directory: found.value }) : found
    }
    case 'entra': {
      const asked = await askEntra(setUp)
      return asked.ok ? succeed({ entra: asked.value, directory: null }) : asked
    }
    case 'domain': {
      const asked = await askDomain(setUp)
      if (!asked.ok) return asked
      return directory === null ? fail(noWorkspace) : succeed({ entra: null, directory: { ...directory, ...asked.value } })
    }
    case 'ou': {
      if (directory === null) return fail(noWorkspace)
      const { servers, security, caPem, account } = directory
      const asked = await askOus(setUp, { servers, security, caPem, account })
      return asked.ok ? succeed({ entra: null, directory: { ...directory, ...asked.value } }) : asked
    }
    case 'test': {
      const { cloud, graphUrl, signInUrl, caPem, tenantId, clientId } = entra ?? {}
      if (cloud === undefined || tenantId === undefined || clientId === undefined) return fail(noWorkspace)
      return succeed({ entra: { cloud, graphUrl: graphUrl ?? null, signInUrl: signInUrl ?? null, caPem: caPem ?? null, tenantId, clientId, credential: { kind: 'unchanged' } }, directory })
    }
  }
}

async function askDirectory(setUp: SetUp): Promise<Result<NonNullable<Answers['directory']>, Problem>> {
  const domain = await askDomain(setUp)
  if (!domain.ok) return domain
  const ous = await askOus(setUp, domain.value)
  return ous.ok ? succeed({ ...domain.value, ...ous.value }) : ous
}

async function save(setUp: SetUp, answers: Answers, steps: readonly TestStep[], state: 'sound' | 'unsound'): Promise<ExitCode> {
  const { context, dialogue, options, call, draft, shown } = setUp
  if (state === 'unsound') {
    if (!dialogue.isInteractive) {
      context.output.document({ saved: null, steps })
      return refuse(context, notSound)
    }
    const isWanted = await dialogue.confirm('Something above does not work. Save it all the same?', '', false)
    if (!isWanted.ok || !isWanted.value) return refuse(context, isWanted.ok ? notSound : isWanted.problem)
  }
  const { workspace } = context
  const saved = await call('connect.save', {
    draft, ...answers, note: options.note ?? 'guestbridge connect',
    target: shown.workspace === null ? { kind: 'new', folder: workspace, name: options.name ?? basename(workspace) } : { kind: 'open' },
  })
  if (!saved.ok) return refuse(context, saved.problem)
  context.output.document({ saved: saved.value, steps })
  printSaved(setUp, saved.value)
  return state === 'sound' ? exitCodes.done : exitCodes.objectErrors
}

function printSteps({ dialogue, context }: SetUp, steps: readonly TestStep[]): void {
  const signs = { passed: context.output.style('green', '✓'), failed: context.output.style('red', '✗'), notTried: '·' } as const
  dialogue.say('Test')
  for (const { system, what, outcome, found, problem } of steps) {
    dialogue.say(`  ${signs[outcome]} ${system.padEnd(5)} ${what}: ${found}`)
    if (problem !== null) dialogue.say(`          → ${problem.remedy}`)
  }
}

function printSaved({ dialogue, context }: SetUp, { folder, files, kept, keychain }: Saved): void {
  dialogue.say(`Saved in ${folder}: ${[configurationFileName, ...files].join(', ')}.`)
  for (const { name, where, variable } of kept) {
    dialogue.say(where === 'keychain' ? `Kept in the keychain of this user: ${name}.` : `Not kept: there is no keychain. Set ${variable} for each run.`)
  }
  if (keychain !== null && !dialogue.isInteractive) context.output.problem(keychain)
  dialogue.say(`Next: ${context.output.command('doctor')}, then ${context.output.command('run', 'cycle')}`)
}

const noWorkspace: Problem = { kind: 'usage', message: 'There is no workspace whose settings could be changed.', remedy: 'Connect tenant and domain first: guestbridge connect.' }
const notSound: Problem = { kind: 'usage', message: 'Nothing was saved: something does not work yet (see above).', remedy: 'Mend what is named, and connect again.' }

function ofLab(folder: string): Problem {
  return { kind: 'usage', message: `${folder} is the workspace of a lab: its tenant and its domain are those of the lab.`, remedy: 'Name another folder for your own: guestbridge --workspace FOLDER connect.' }
}
