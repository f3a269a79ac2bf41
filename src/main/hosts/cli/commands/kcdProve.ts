import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import type { Input } from '../../../../shared/api/contract.ts'
import { assertNever } from '../../../../shared/domain/assertNever.ts'
import type { ProofOutcome } from '../../../../shared/domain/delegation.ts'
import type { Problem } from '../../../../shared/domain/problem.ts'
import { fail, succeed, type Result } from '../../../../shared/domain/result.ts'
import type { CommandContext } from '../commandContext.ts'
import { exitCodes, type ExitCode } from '../exitCodes.ts'
import type { Output } from '../output.ts'
import { refuse, withService } from '../withService.ts'

type Ticket = Extract<ProofOutcome['result'], { kind: 'ticket' }>

/** Exit 0 with a ticket (and a site that took it), 4 where KDC or site refused, 1 where nothing was proved. */
export function proveDelegation(context: CommandContext, input: Input<'delegation.prove'>): Promise<ExitCode> {
  const keytab = input.keytab === null ? null : resolve(context.currentFolder, input.keytab)
  return withService(context, async (call) => {
    const proved = await call('delegation.prove', { ...input, keytab })
    return proved.ok ? report(context, proved.value, input.url) : refuse(context, proved.problem)
  })
}

/** PowerShell on standard output, to be saved and run on a Windows connector. */
export function printProofScript(context: CommandContext, input: Input<'delegation.proofScript'>): Promise<ExitCode> {
  return withService(context, async (call) => {
    const script = await call('delegation.proofScript', input)
    if (!script.ok) return refuse(context, script.problem)
    context.output.document(script.value)
    if (!context.output.isJson) await context.output.raw(script.value.text)
    return exitCodes.done
  })
}

/** `file` is what the script printed; `-` reads standard input. */
export async function pasteProofAnswer(context: CommandContext, { application, guest, file }: { readonly application: string; readonly guest: string; readonly file: string }): Promise<ExitCode> {
  const pasted = await readPasted(context, file)
  if (!pasted.ok) return refuse(context, pasted.problem)
  return withService(context, async (call) => {
    const proved = await call('delegation.proofAnswer', { application, guest, text: pasted.value })
    return proved.ok ? report(context, proved.value, null) : refuse(context, proved.problem)
  })
}

async function readPasted({ currentFolder }: CommandContext, file: string): Promise<Result<string, Problem>> {
  try {
    return succeed(file === '-' ? await text(process.stdin) : decode(await readFile(resolve(currentFolder, file))))
  } catch (error) {
    return fail({ kind: 'usage', message: `${file} cannot be read: ${error instanceof Error ? error.message : String(error)}.`, remedy: 'Name the file that the script\'s output was saved to.' })
  }
}

/** Windows PowerShell 5.1 writes UTF-16 with a byte order mark where its output is redirected by ">". */
function decode(bytes: Buffer): string {
  return bytes[0] === 0xff && bytes[1] === 0xfe ? bytes.toString('utf16le') : bytes.toString('utf8')
}

function report({ output }: CommandContext, outcome: ProofOutcome, url: string | null): ExitCode {
  output.document(outcome)
  const { result, connector, controller } = outcome
  const asked = `${connector === null ? '' : ` as ${connector}`}${controller === null ? '' : `, asked of ${controller}`}`
  switch (result.kind) {
    case 'ticket':
      output.line(`${output.style('green', '✓')} a ticket in the name of ${result.principal} for ${result.service}${asked}`)
      printTicket(output, result)
      return url === null || isTaken(result) ? exitCodes.done : exitCodes.objectErrors
    case 'refused':
      output.line(`${output.style('red', '✗')} no ticket${asked}: ${result.text}`)
      output.line(`  → ${result.remedy}`)
      if (result.checks.length > 0) output.line(`  explained by the ${result.checks.length === 1 ? 'check' : 'checks'} ${result.checks.join(', ')} of "guestbridge kcd check"`)
      return exitCodes.objectErrors
    case 'notProven':
      output.line(`${output.style('gray', '?')} not proven: ${result.why}`)
      output.line(`  → ${result.remedy}`)
      return exitCodes.failed
    default: return assertNever(result)
  }
}

function printTicket(output: Output, { encryptionType, startsAt, endsAt, site, siteProblem }: Ticket): void {
  output.line(`  ${encryptionType}${startsAt === null || endsAt === null ? '' : `, from ${startsAt} to ${endsAt}`}`)
  if (site !== null) {
    const mark = site.status < 400 ? output.style('green', '✓') : output.style('red', '✗')
    output.line(`${mark} ${site.url} answered ${site.status}${site.seenAs === null ? '' : ` and saw ${site.seenAs}`}`)
    if (site.text !== '') output.line(`  "${site.text}"`)
  }
  if (siteProblem !== undefined) output.line(`  ${output.style('yellow', '!')} ${siteProblem}`)
}

/** A page that everybody gets is no proof, whatever its status; one that names the guest is. */
function isTaken({ site, siteProblem }: Ticket): boolean {
  return site !== null && site.status < 400 && (site.seenAs !== null || siteProblem === undefined)
}
