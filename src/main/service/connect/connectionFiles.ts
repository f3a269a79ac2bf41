import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { DirectoryConfiguration, EntraConfiguration, LeaverConfiguration } from '../../workspace/configuration.ts'
import { describeCertificate } from '../../workspace/describeCertificate.ts'
import type { DirectoryDraft, EntraDraft } from './connectSession.ts'
import type { Draft } from './connectMemory.ts'

/** A file that the configuration names, to be written beside it. */
export type NewFile = { readonly name: string; readonly text: string }

/** What stands in the open workspace, so that what did not change keeps its file and its further settings. */
type Present<Part> = { readonly folder: string; readonly part: Part } | null

/** A new name for each content: until the configuration says otherwise the former file is the one in force. */
export async function entraPart(draft: Draft, entra: EntraDraft, present: Present<EntraConfiguration>): Promise<{ readonly part: EntraConfiguration; readonly files: readonly NewFile[] }> {
  const { cloud, graphUrl, signInUrl, tenantId, clientId } = entra
  const authority = await authorityFile('entra', entra.caPem, present === null ? null : { folder: present.folder, file: present.part.caFile })
  const certificate = entra.credential.kind === 'certificate' ? draft.certificate : null
  const certificateFile = certificate === null ? null : { name: `entra-${describeCertificate(certificate.keys.certificatePem).sha1.slice(0, 8).toLowerCase()}.pem`, text: certificate.sealedPem }
  const kept = present?.part
  return {
    part: {
      cloud, ...(graphUrl === null ? {} : { graphUrl }), ...(signInUrl === null ? {} : { signInUrl }), ...(authority.name === null ? {} : { caFile: authority.name }), tenantId, clientId,
      credential: credentialPart(draft, entra, kept, certificateFile?.name ?? null),
      ...(kept?.filter === undefined ? {} : { filter: kept.filter }), ...(kept?.scopeGroup === undefined ? {} : { scopeGroup: kept.scopeGroup }),
    },
    files: [...authority.files, ...(certificateFile === null ? [] : [certificateFile])],
  }
}

function credentialPart(draft: Draft, { credential }: EntraDraft, present: EntraConfiguration | undefined, certificateFile: string | null): EntraConfiguration['credential'] {
  switch (credential.kind) {
    case 'secret': {
      const expires = credential.expires ?? draft.secretEnds
      return { kind: 'secret', ...(expires === null ? {} : { expires }) }
    }
    case 'certificate':
      if (certificateFile === null) throw new Error('A certificate was to be saved that the draft does not hold')
      return { kind: 'certificate', file: certificateFile }
    case 'person': return { kind: 'person' }
    case 'unchanged':
      if (present === undefined) throw new Error('A credential was to stay unchanged where there is none')
      return present.credential
  }
}

export async function directoryPart(directory: DirectoryDraft, present: Present<DirectoryConfiguration>): Promise<{ readonly part: DirectoryConfiguration; readonly files: readonly NewFile[] }> {
  const { servers, security, account, guestOu } = directory
  const authority = await authorityFile('directory', directory.caPem, present === null ? null : { folder: present.folder, file: present.part.caFile })
  const kept = present?.part
  return {
    part: {
      servers, security, ...(authority.name === null ? {} : { caFile: authority.name }), account, guestOu,
      ...(kept?.managedOus === undefined ? {} : { managedOus: kept.managedOus }), ...(kept?.globalCatalogs === undefined ? {} : { globalCatalogs: kept.globalCatalogs }),
    },
    files: authority.files,
  }
}

/** Null: what is configured stays. */
export function leaversPart({ disabledOu }: DirectoryDraft, present: LeaverConfiguration | null): LeaverConfiguration | null {
  const deletion = present !== null && present.action !== 'leave' && present.deleteAfterDays !== undefined ? { deleteAfterDays: present.deleteAfterDays } : {}
  if (disabledOu !== null) return { action: 'disableAndMove', ou: disabledOu, ...deletion }
  return present?.action === 'disableAndMove' ? { action: 'disable', ...deletion } : null
}

/** A file that the configuration names already and that says the same stays the one. */
async function authorityFile(of: 'entra' | 'directory', pem: string | null, present: { readonly folder: string; readonly file: string | undefined } | null): Promise<{ readonly name: string | null; readonly files: readonly NewFile[] }> {
  if (pem === null) return { name: null, files: [] }
  if (present?.file !== undefined && (await readFile(resolve(present.folder, present.file), 'utf8')).trim() === pem.trim()) return { name: present.file, files: [] }
  const name = `${of}-ca-${describeCertificate(pem).sha1.slice(0, 8).toLowerCase()}.pem`
  return { name, files: [{ name, text: `${pem.trim()}\n` }] }
}
