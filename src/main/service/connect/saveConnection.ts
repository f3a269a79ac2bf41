import { X509Certificate } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile } from 'node:fs/promises'
import { isAbsolute, join } from 'node:path'
import type { CallOptions } from '../../../shared/api/contract.ts'
import type { ConnectInput, Saved } from '../../../shared/api/connectCalls.ts'
import type { Problem } from '../../../shared/domain/problem.ts'
import { fail, succeed, type Result } from '../../../shared/domain/result.ts'
import { appendAudit } from '../../workspace/audit.ts'
import type { ConfigurationProblem } from '../../workspace/configurationProblem.ts'
import { editConfiguration, type ConfigurationEdit } from '../../workspace/editConfiguration.ts'
import { refuseNetworkFolder } from '../../workspace/folders.ts'
import { initialiseWorkspace } from '../../workspace/initialiseWorkspace.ts'
import { keepSecret } from '../../workspace/keychain.ts'
import { knownSecrets } from '../../workspace/knownSecrets.ts'
import { configurationFileName } from '../../workspace/readConfiguration.ts'
import { keepVersion, replaceFile } from '../../workspace/replaceFile.ts'
import { validateConfiguration } from '../../workspace/validateConfiguration.ts'
import type { WorkspaceSession } from '../workspaceSession.ts'
import { directoryPart, entraPart, leaversPart, type NewFile } from './connectionFiles.ts'
import { nothingOpen, type ConnectSession } from './connectSession.ts'
import type { ConnectSecret, Draft } from './connectMemory.ts'
import { findForeignTarget } from './findForeignTarget.ts'

type Input = ConnectInput<'connect.save'>

/** Secrets go first: a configuration without its secret is worse than a secret that nothing names yet. */
export async function saveConnection(session: ConnectSession, input: Input, options: CallOptions): Promise<Result<Saved, Problem>> {
  if (input.entra === null && input.directory === null) return fail({ kind: 'usage', message: 'There is nothing to save.', remedy: 'Connect a tenant or a domain first.' })
  if (input.entra?.credential.kind === 'certificate' && session.memory.draft(input.draft).certificate === null) {
    return fail({ kind: 'usage', message: 'No certificate was made or brought for this set-up.', remedy: 'Make one, or bring one with its private key, and save again.' })
  }
  const unreadable = [input.entra?.caPem, input.directory?.caPem].find((pem) => typeof pem === 'string' && !isCertificate(pem))
  if (unreadable !== undefined) return fail({ kind: 'usage', message: 'What was given as certification authority is no certificate in PEM.', remedy: 'Give the certificate of the authority as PEM (-----BEGIN CERTIFICATE-----).' })
  if (input.entra?.credential.kind === 'person' && !session.memory.draft(input.draft).secrets.has('entra')) return fail({ kind: 'usage', message: 'Nobody has signed in for this set-up.', remedy: 'Sign in, and save again.' })
  const saved = input.target.kind === 'new' ? await saveNew(session, input, input.target) : session.open === null ? fail(nothingOpen) : await saveOpen(session, session.open, input, options)
  if (saved.ok) session.memory.forgetDraft(input.draft)
  return saved
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).raw.length > 0
  } catch {
    // node:crypto has no other way to ask; the caller says what is wrong.
    return false
  }
}

async function saveNew(session: ConnectSession, { draft, entra, directory, note }: Input, { folder, name }: { readonly folder: string; readonly name: string }): Promise<Result<Saved, Problem>> {
  if (entra === null || directory === null) return fail({ kind: 'usage', message: 'A new workspace needs a tenant and a domain.', remedy: 'Connect the one that is missing too.' })
  if (entra.credential.kind === 'unchanged') return fail({ kind: 'usage', message: 'A new workspace has no credential that could stay.', remedy: 'Give a client secret or a certificate.' })
  if (!isAbsolute(folder)) return fail({ kind: 'usage', message: `"${folder}" is no absolute path.`, remedy: 'Name the whole path of the folder.' })
  if (existsSync(join(folder, configurationFileName))) return fail({ kind: 'usage', message: `There is a workspace already in ${folder}; it was left as it is.`, remedy: 'Name another folder, or open that workspace and connect from there.' })
  const network = await refuseNetworkFolder(folder)
  if (network !== null) return fail(network)
  const held = session.memory.draft(draft)
  const [entraChosen, directoryChosen, leavers] = [await entraPart(held, entra, null), await directoryPart(directory, null), leaversPart(directory, null)]
  const files = [...entraChosen.files, ...directoryChosen.files]
  const made = await initialiseWorkspace(folder, { kind: 'production', name, entra: entraChosen.part, activeDirectory: directoryChosen.part, ...(leavers === null ? {} : { leavers }) })
  if (!made.ok) return fail(refusal(made.problem))
  await writeFiles(folder, files)
  const { id } = made.value
  const kept = await keepSecrets(session, id, draft, entra.credential.kind)
  await appendAudit(folder, { at: session.now(), actor: session.actor, action: 'connectionSaved', planHash: null, details: describe(entra, directory, files, note) })
  return succeed({ folder, id, files: files.map((file) => file.name), ...kept })
}

async function saveOpen(session: ConnectSession, open: WorkspaceSession, { draft, entra, directory, note }: Input, options: CallOptions): Promise<Result<Saved, Problem>> {
  const { folder, configuration } = open
  if (configuration.purpose === 'lab') return fail({ kind: 'usage', message: 'This is the workspace of a lab: its tenant and its domain are those of the lab.', remedy: 'Name a folder for a new workspace.' })
  const foreign = await findForeignTarget(open, entra, directory)
  if (foreign !== null) return fail(foreign)
  return open.asWriter('connecting', { signal: options.signal, report: options.onProgress }, async () => {
    const held = session.memory.draft(draft)
    const entraChosen = entra === null ? null : await entraPart(held, entra, { folder, part: configuration.entra })
    const directoryChosen = directory === null ? null : await directoryPart(directory, { folder, part: configuration.activeDirectory })
    const leavers = directory === null ? null : leaversPart(directory, configuration.lifecycle.leavers)
    const edits: ConfigurationEdit[] = [
      ...(entraChosen === null ? [] : partEdits('entra', configuration.entra, entraChosen.part)),
      ...(directoryChosen === null ? [] : partEdits('activeDirectory', configuration.activeDirectory, directoryChosen.part)),
      ...(leavers === null ? [] : [{ path: ['lifecycle', 'leavers'], value: leavers }]),
    ]
    const file = join(folder, configurationFileName)
    const before = await readFile(file, 'utf8')
    const text = editConfiguration(before, edits)
    const checked = validateConfiguration(text)
    if (!checked.ok) return fail(refusal(checked.problem))
    const files = [...(entraChosen?.files ?? []), ...(directoryChosen?.files ?? [])]
    const kept = await keepSecrets(session, configuration.id, draft, entra?.credential.kind ?? 'unchanged')
    await writeFiles(folder, files)
    const version = await keepVersion(join(folder, formerFolderName), before)
    await open.audit('connectionSaved', null, { ...describe(entra, directory, files, note), kept: `${formerFolderName}/${version}.json` })
    // Written even where only a secret is another one: whoever follows this file connects anew.
    replaceFile(file, text)
    return succeed({ folder, id: configuration.id, files: files.map(({ name }) => name), ...kept })
  })
}

/** As saving of settings keeps them. */
const formerFolderName = 'former-configurations'

/** Key by key, so that comments between them stay; what the new part lacks is taken out. */
function partEdits(section: string, before: object, after: object): readonly ConfigurationEdit[] {
  const [old, chosen] = [new Map(Object.entries(before)), new Map(Object.entries(after))]
  const changed = [...chosen].filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(old.get(key)))
  const gone = [...old.keys()].filter((key) => !chosen.has(key))
  return [...changed.map(([key, value]: [string, unknown]) => ({ path: [section, key], value })), ...gone.map((key) => ({ path: [section, key], value: null }))]
}

/** Where there is no keychain a secret is held by this program until it ends, and that is said (invariant 9). */
async function keepSecrets({ memory }: ConnectSession, workspace: string, draft: string, credential: 'secret' | 'certificate' | 'person' | 'unchanged'): Promise<Pick<Saved, 'kept' | 'keychain'>> {
  const held = memory.draft(draft)
  const entra = entraSecret(held, credential)
  const secrets: readonly (readonly [ConnectSecret, string | undefined])[] = [['entra', entra], ['directory', held.secrets.get('directory')]]
  let keychain: Problem | null = null
  const kept: Saved['kept'][number][] = []
  for (const [name, secret] of secrets) {
    if (secret === undefined) continue
    const outcome = await keepSecret(workspace, name, secret)
    if (!outcome.ok) {
      keychain = outcome.problem
      memory.keepForSession(workspace, name, secret)
    }
    kept.push({ name, where: outcome.ok ? 'keychain' : 'session', variable: knownSecrets[name].variable })
  }
  return { kept, keychain }
}

/** What stays as it is keeps its secret, whatever was typed or signed in before somebody chose so. */
function entraSecret(held: Draft, credential: 'secret' | 'certificate' | 'person' | 'unchanged'): string | undefined {
  switch (credential) {
    case 'unchanged': return undefined
    case 'certificate': return held.certificate?.password
    case 'secret': case 'person': return held.secrets.get('entra')
  }
}

async function writeFiles(folder: string, files: readonly NewFile[]): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  for (const { name, text } of files) replaceFile(join(folder, name), text)
}

function describe(entra: Input['entra'], directory: Input['directory'], files: readonly NewFile[], note: string): Readonly<Record<string, unknown>> {
  return {
    note, files: files.map(({ name }) => name),
    ...(entra === null ? {} : { tenant: entra.tenantId, application: entra.clientId, credential: entra.credential.kind }),
    ...(directory === null ? {} : { servers: directory.servers, account: directory.account, guestOu: directory.guestOu, disabledOu: directory.disabledOu }),
  }
}

function refusal(problems: readonly ConfigurationProblem[]): Problem {
  const [first] = problems
  if (first === undefined) throw new Error('A configuration was refused without a problem')
  return { kind: 'configurationInvalid', message: `${first.path === '' ? configurationFileName : first.path}: ${first.message}`, remedy: first.allowed === '' ? 'Correct it.' : `Allowed: ${first.allowed}.`, detail: { path: first.path } }
}
