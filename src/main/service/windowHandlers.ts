import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { CallOptions, ExportOutcome, Input } from '../../shared/api/contract.ts'
import type { ViewList } from '../../shared/api/views.ts'
import type { AuditRow, OverviewShown, WindowOutputs } from '../../shared/api/windowCalls.ts'
import type { Problem } from '../../shared/domain/problem.ts'
import { fail, succeed, type Result } from '../../shared/domain/result.ts'
import { countGuestsByState } from '../runs/guestRows.ts'
import { countManagedAccounts, readPlan } from '../runs/plan.ts'
import { auditFileName } from '../workspace/audit.ts'
import { configurationFileName } from '../workspace/readConfiguration.ts'
import { verifyTrail } from './evidenceHandlers.ts'
import { exportApproved, noPlan } from './planHandlers.ts'
import type { WorkspaceSession } from './workspaceSession.ts'

/** So many runs are shown as the trend. */
const trendLength = 30

export async function showOverview(session: WorkspaceSession): Promise<Result<OverviewShown, Problem>> {
  const { reader } = session
  return succeed({
    guests: await reader.countConnectorObjects('entra'), accounts: await reader.countConnectorObjects('ad'), persons: await reader.countMetaverse(), managedAccounts: await countManagedAccounts(reader),
    guestsByState: await countGuestsByState(reader),
    runs: await reader.runs(trendLength),
  })
}

export async function openView({ lists }: WorkspaceSession, { list, first, ...request }: Input<'views.open'>): Promise<Result<WindowOutputs['views.open'], Problem>> {
  const opened = await lists[list].open(request)
  const rows = first === 0 ? [] : (lists[list].rows(opened.view, 0, first) ?? [])
  return succeed({ ...opened, rows, view: encodeView(list, opened.view) })
}

export async function readView({ lists }: WorkspaceSession, { view, offset, limit }: Input<'views.rows'>): Promise<Result<WindowOutputs['views.rows'], Problem>> {
  const { list, number } = decodeView(view)
  const rows = lists[list].rows(number, offset, limit)
  return rows === null ? fail(viewGone()) : succeed(rows)
}

export async function findInView({ lists }: WorkspaceSession, { view, key }: Input<'views.find'>): Promise<Result<number | null, Problem>> {
  const { list, number } = decodeView(view)
  return succeed(lists[list].find(number, key))
}

export async function closeView({ lists }: WorkspaceSession, { view }: Input<'views.close'>): Promise<Result<null, Problem>> {
  const { list, number } = decodeView(view)
  lists[list].close(number)
  return succeed(null)
}

export async function exportCurrent(session: WorkspaceSession, { approve, lifts }: Input<'plan.exportCurrent'>, options: CallOptions): Promise<Result<ExportOutcome, Problem>> {
  const plan = await readPlan(session.reader)
  return plan === null ? fail(noPlan()) : exportApproved(session, plan, { hash: approve, lifts }, options)
}

/** The newest entries first, with what the chain of the whole trail says. */
export async function listAudit(session: WorkspaceSession, { limit }: Input<'audit.list'>): Promise<Result<WindowOutputs['audit.list'], Problem>> {
  const text = await readIfThere(resolve(session.folder, auditFileName))
  const lines = text.split('\n').filter((line) => line !== '')
  const entries = lines.map((line, index): AuditRow => entryOf(line, index + 1)).slice(-limit).toReversed()
  return succeed({ entries, verification: await verifyTrail(session) })
}

export async function readConfigurationText({ folder }: WorkspaceSession): Promise<Result<WindowOutputs['configuration.read'], Problem>> {
  const file = resolve(folder, configurationFileName)
  return succeed({ file, text: await readFile(file, 'utf8') })
}

export async function readRulesText({ configuration, deciding, folder }: WorkspaceSession): Promise<Result<WindowOutputs['rules.read'], Problem>> {
  const { set } = configuration.rules
  if (typeof set === 'string') return succeed({ name: set, text: JSON.stringify(deciding.rules.source, null, 2) })
  return succeed({ name: set.file, text: await readFile(resolve(folder, set.file), 'utf8') })
}

const listNames: readonly ViewList[] = ['guests', 'changes', 'persons']

function encodeView(list: ViewList, number: number): number {
  return number * listNames.length + listNames.indexOf(list)
}

function decodeView(view: number): { readonly list: ViewList; readonly number: number } {
  return { list: listNames[view % listNames.length] ?? 'guests', number: Math.floor(view / listNames.length) }
}

function entryOf(line: string, number: number): AuditRow {
  try {
    const { at, actor, action, planHash, details } = JSON.parse(line) as Omit<AuditRow, 'line'>
    return { line: number, at, actor, action, planHash, details }
  } catch {
    // Half a line that a crash has left, until the next entry sets it aside; or what broke the chain: the verification says which.
    return { line: number, at: '', actor: '', action: 'unreadable', planHash: null, details: {} }
  }
}

async function readIfThere(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return ''
    throw error
  }
}

function viewGone(): Problem {
  return { kind: 'notFoundInWorkspace', message: 'This list is out of date: a run has changed what it shows.', remedy: 'It is opened again by itself; otherwise reload the window.' }
}
