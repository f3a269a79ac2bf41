import { resolve } from 'node:path'
import type { CallName, CallOptions, GuestbridgeApi, Outputs } from '../shared/api/contract.ts'
import type { Problem } from '../shared/domain/problem.ts'
import { fail, succeed, type Result } from '../shared/domain/result.ts'
import { changeSource, guestSource, personSource } from './runs/listSources.ts'
import { createListViews } from './store/sqlite/listViews.ts'
import { actor } from './service/actor.ts'
import { createConnectMemory, type ConnectMemory } from './service/connect/connectMemory.ts'
import { checkFilter } from './service/checkFilter.ts'
import { openConnections } from './service/connections.ts'
import { openDelegationConnections } from './service/delegationConnections.ts'
import { handleCall } from './service/handlers.ts'
import { openLabIfWanted } from './service/labOfWorkspace.ts'
import { openPlanDigest } from './service/planDigest.ts'
import { openReadAhead } from './service/readAhead.ts'
import { readDeciding, readDecidingBy } from './service/readRules.ts'
import { openNoticeWays } from './service/unattended/noticeWays.ts'
import { findWriter } from './store/sqlite/writerLock.ts'
import { sendNotice } from './unattended/notify/sendNotice.ts'
import { createProxySwitch, useProxy, type ProxyOptions, type ProxySwitch } from './service/useProxy.ts'
import { createRunLog } from './service/runLog.ts'
import type { WorkspaceSession } from './service/workspaceSession.ts'
import { openReader, writeExclusively } from './service/storeAccess.ts'
import { appendAudit } from './workspace/audit.ts'
import type { ConfigurationProblem } from './workspace/configurationProblem.ts'
import { configurationFileName, readWorkspaceConfiguration } from './workspace/readConfiguration.ts'
import { refuseNetworkFolder } from './workspace/folders.ts'

export type ServiceOptions = {
  /** Absolute path of the workspace. */
  readonly folder: string
  readonly environment: Readonly<Record<string, string | undefined>>
  /** Entry of the lab's worker thread; only a workspace of purpose `lab` uses it. */
  readonly labWorker: URL
  /** What outlives a reopening of the workspace; a host that opens it once needs none. */
  readonly connectMemory?: ConnectMemory
  /** Likewise. */
  readonly proxySwitch?: ProxySwitch
  /** Of a host with a browser of its own, which knows what scripts choose: see `ProxyOptions`. */
  readonly resolveProxy?: NonNullable<ProxyOptions['resolveProxy']>
}

export type Service = GuestbridgeApi & {
  /** Files that say how this service decides: the configuration, and the rules where they are a file. */
  readonly decidedBy: readonly string[]
  /** Reads ahead what a window asks first, so that it does not wait. Whoever only runs jobs need not. */
  prepareForWindow(): Promise<void>
  close(): Promise<void>
}

/** The only place that wires implementations together. Every host gets the same calls. */
export async function openService(options: ServiceOptions): Promise<Result<Service, readonly Problem[]>> {
  const { folder } = options
  const configuration = await readWorkspaceConfiguration(folder)
  if (!configuration.ok) return fail(configuration.problem.map((problem) => asProblem(folder, problem)))
  const proxy = await useProxy({ environment: options.environment, platform: process.platform, entra: configuration.value.entra, resolveProxy: options.resolveProxy ?? null }, options.proxySwitch ?? createProxySwitch())
  if (!proxy.ok) return fail([proxy.problem])
  const network = await refuseNetworkFolder(folder)
  if (network !== null) return fail([network])
  const filter = checkFilter(folder, configuration.value)
  if (filter !== null) return fail([filter])
  const deciding = await readDeciding(folder, configuration.value)
  if (!deciding.ok) return deciding
  const { rules } = deciding.value
  const now = (): string => new Date().toISOString()
  const reader = await openReader(folder, rules, now)
  if (!reader.ok) return fail([reader.problem])

  const connectMemory = options.connectMemory ?? createConnectMemory()
  const environment = connectMemory.fill(options.environment, configuration.value.id)
  const lab = openLabIfWanted(folder, configuration.value, options.labWorker)
  const connecting = { folder, configuration: configuration.value, environment, deciding: deciding.value, lab }
  const connections = openConnections(connecting)
  const delegation = openDelegationConnections(connecting)
  const log = createRunLog(folder)
  const lists = { guests: createListViews(guestSource(reader.value)), changes: createListViews(changeSource(reader.value)), persons: createListViews(personSource(reader.value)) }
  const ahead = openReadAhead(openPlanDigest(reader.value), lists, async () => (await reader.value.runs(1))[0]?.status === 'running')
  const session: WorkspaceSession = {
    folder, configuration: configuration.value, deciding: deciding.value, decidingBy: (set) => readDecidingBy(folder, configuration.value, set), reader: reader.value, lists, planDigest: ahead.planDigest, now, actor: actor(),
    openEntra: connections.entra, openInviter: connections.inviter, openDirectory: connections.directory, openTarget: connections.target, openDelegation: delegation.open, signInTo: delegation.signInTo, labEndpoints: lab.endpoints,
    connectMemory, environment, proxy: proxy.value, labWorker: options.labWorker,
    notify: async (notice) => {
      const { ways, notSent } = await openNoticeWays(folder, configuration.value, environment)
      return [...notSent, ...(await sendNotice(ways, notice))]
    },
    currentWriter: () => findWriter(folder),
    asWriter: (what, writer, work) => writeExclusively(folder, rules, what, now, writer, log, work),
    audit: (action, planHash, details) => appendAudit(folder, { at: now(), actor: actor(), action, planHash, details }),
  }
  const { set } = configuration.value.rules
  return succeed({
    decidedBy: [configurationFileName, ...(typeof set === 'string' ? [] : [set.file])].map((file) => resolve(folder, file)),
    call: <Name extends CallName>(name: Name, input: unknown, callOptions: CallOptions): Promise<Result<Outputs[Name], Problem>> => handleCall(session, name, input, callOptions),
    prepareForWindow: ahead.begin,
    close: async () => {
      ahead.close()
      await connections.close()
      await delegation.close()
      await lab.close()
      for (const list of Object.values(lists)) list.closeAll()
      await reader.value.close()
    },
  })
}

export function asProblem(folder: string, { path, line, column, value, message, allowed }: ConfigurationProblem): Problem {
  const file = resolve(folder, configurationFileName)
  const isAboutAll = path === '' && value === ''
  const place = isAboutAll ? file : [`${file}:${line}:${column}`, path, value === '' ? '' : `(${value})`].filter((part) => part !== '').join(' ')
  return { kind: 'configurationInvalid', message: `${place}: ${message}`, remedy: allowed === '' ? 'Correct it.' : `Allowed: ${allowed}.`, ...(isAboutAll ? {} : { detail: { path, line, column } }) }
}
