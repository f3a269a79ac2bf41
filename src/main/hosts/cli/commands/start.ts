import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { configurationFileName } from '../../../workspace/readConfiguration.ts'
import type { CommandContext } from '../commandContext.ts'
import { exitCodes, type ExitCode } from '../exitCodes.ts'
import { initialise } from './init.ts'
import { showPlan } from './plan.ts'
import { runProfile } from './run.ts'

/** What `npm start` opens: the lab, made where there is none, with a fresh plan on the screen. */
export async function startApplication(context: CommandContext): Promise<ExitCode> {
  const { output, workspace } = context
  const isNew = !existsSync(join(workspace, configurationFileName))
  const made = isNew ? await initialise(context, { lab: true }) : exitCodes.done
  if (made !== exitCodes.done) return made
  const ran = await runProfile(context, { profile: 'cycle', acceptSmallerSource: null })
  if (ran !== exitCodes.done && ran !== exitCodes.blocked) return ran
  const shown = await showPlan(context, { out: null, format: 'text' })
  output.line()
  output.line(`Workspace: ${workspace} (workspace.json, store.sqlite, guestbridge.log, audit.jsonl; lab/ has the lab and its certificate authority)`)
  output.line('Next, with "npm run guestbridge --" for guestbridge:')
  output.line(`  ${output.command('plan', '--out', 'plan.jsonl')}    then read it`)
  output.line(`  ${output.command('export', '--plan', 'plan.jsonl', '--approve', 'HASH')}`)
  output.line(`  ${output.command('lab', 'serve')}    to look at the lab with curl or ldapsearch`)
  return shown
}
