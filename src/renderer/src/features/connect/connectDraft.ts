import { create } from 'zustand'
import { createJSONStorage, persist } from 'zustand/middleware'
import type { ConnectInput, ConnectShown, PreparedCertificate } from '../../../../shared/api/connectCalls.ts'
import { connectTexts } from '../../texts/connect.ts'

export const connectSteps = ['tenant', 'credential', 'controllers', 'ous', 'test'] as const
export type ConnectStep = (typeof connectSteps)[number]

/**
 * What was answered so far. Secrets are never here: the service holds them under the id of the draft, and `held` only says
 * that it was told. Kept for this tab, so that a reload loses nothing.
 */
export type ConnectDraft = {
  readonly draft: string
  readonly cloud: ConnectInput<'connect.findTenant'>['cloud']
  readonly graphUrl: string
  readonly signInUrl: string
  readonly caPem: string
  readonly tenant: string
  readonly tenantId: string
  readonly clientId: string
  readonly credential: 'unchanged' | 'secret' | 'certificate' | 'person'
  readonly secretExpires: string
  readonly certificate: PreparedCertificate | null
  /** Who signed in for this application of this tenant; `account` null: Entra did not tell. */
  readonly person: { readonly account: string | null } | null
  readonly servers: string
  readonly security: 'ldaps' | 'startTls'
  readonly directoryCaPem: string
  readonly account: string
  readonly guestOu: string
  readonly disabledOu: string
  readonly held: { readonly entra: boolean; readonly directory: boolean }
}

export const useConnectDraft = create<ConnectDraft>()(persist((): ConnectDraft => newDraft(), { name: 'guestbridge.connect', storage: createJSONStorage(() => sessionStorage) }))

export function change(changed: Partial<ConnectDraft>): void {
  useConnectDraft.setState((before) => ({ ...(endsSignIn(before, changed) ? { person: null } : {}), ...changed }))
}

const boundTo = ['cloud', 'graphUrl', 'signInUrl', 'tenantId', 'clientId'] as const

/** A sign-in is for one application of one tenant, and the service holds either what renews it or a secret that was typed. */
function endsSignIn(before: ConnectDraft, changed: Partial<ConnectDraft>): boolean {
  return changed.held?.entra === true || boundTo.some((name) => name in changed && changed[name] !== before[name])
}

export function startAnew(): void {
  useConnectDraft.setState(newDraft())
}

/** The answers of an open workspace, to be changed one by one: what is not changed stays, its secrets too. */
export function startFrom({ entra, directory }: ConnectShown): void {
  useConnectDraft.setState({
    ...newDraft(),
    ...(entra === null ? {} : { cloud: entra.cloud, graphUrl: entra.graphUrl ?? '', signInUrl: entra.signInUrl ?? '', caPem: entra.caPem ?? '', tenant: entra.tenantId, tenantId: entra.tenantId, clientId: entra.clientId, credential: 'unchanged' as const, held: { entra: true, directory: true } }),
    ...(directory === null ? {} : { servers: directory.servers.join('\n'), security: directory.security, directoryCaPem: directory.caPem ?? '', account: directory.account, guestOu: directory.guestOu, disabledOu: directory.disabledOu ?? '' }),
  })
}

/** Nothing was answered yet. */
export function isUntouched({ tenant, tenantId, clientId, servers, account, guestOu }: ConnectDraft): boolean {
  return [tenant, tenantId, clientId, servers, account, guestOu].every((answer) => answer === '')
}

function newDraft(): ConnectDraft {
  return {
    draft: crypto.randomUUID(), cloud: 'global', graphUrl: '', signInUrl: '', caPem: '', tenant: '', tenantId: '', clientId: '', credential: 'certificate', secretExpires: '', certificate: null, person: null,
    servers: '', security: 'ldaps', directoryCaPem: '', account: '', guestOu: '', disabledOu: '', held: { entra: false, directory: false },
  }
}

export function isGuid(text: string): boolean {
  return /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(text)
}

/** What a step still lacks, by the names of its fields; none: it is complete. */
export function findMissing(step: ConnectStep, draft: ConnectDraft): readonly string[] {
  const { tenant, credential, controllers, ous } = connectTexts
  switch (step) {
    case 'tenant': return [...(draft.cloud === 'custom' ? absent([[tenant.graphUrl, draft.graphUrl], [tenant.signInUrl, draft.signInUrl]]) : []), ...(isGuid(draft.tenantId) ? [] : [tenant.tenant])]
    case 'credential': return [...(isGuid(draft.clientId) ? [] : [credential.client]), ...(isProven(draft) ? [] : [credential.kinds[draft.credential]])]
    case 'controllers': return [...absent([[controllers.servers, draft.servers], [controllers.account, draft.account]]), ...(draft.held.directory ? [] : [controllers.password])]
    case 'ous': return absent([[ous.guestOu, draft.guestOu]])
    case 'test': return []
  }
}

function isProven({ credential, held, certificate, person }: ConnectDraft): boolean {
  switch (credential) {
    case 'unchanged': return true
    case 'secret': return held.entra
    case 'certificate': return certificate !== null
    case 'person': return person !== null
  }
}

function absent(fields: readonly (readonly [string, string])[]): readonly string[] {
  return fields.flatMap(([name, value]) => (value.trim() === '' ? [name] : []))
}

export function cloudInput({ cloud, graphUrl, signInUrl, caPem }: ConnectDraft) {
  const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim())
  return cloud === 'custom' ? { cloud, graphUrl: orNull(graphUrl), signInUrl: orNull(signInUrl), caPem: orNull(caPem) } : { cloud, graphUrl: null, signInUrl: null, caPem: orNull(caPem) }
}

export function controllersInput({ servers, security, directoryCaPem, account }: ConnectDraft) {
  return { servers: servers.split(/\s+/).filter((server) => server !== ''), security, caPem: directoryCaPem.trim() === '' ? null : directoryCaPem, account: account.trim() }
}

/** Both parts, as they are tested and saved. */
export function connectionInput(draft: ConnectDraft) {
  const credential = draft.credential === 'secret' ? { kind: 'secret', expires: draft.secretExpires === '' ? null : draft.secretExpires } : { kind: draft.credential }
  return {
    draft: draft.draft,
    entra: { ...cloudInput(draft), tenantId: draft.tenantId, clientId: draft.clientId.trim(), credential },
    directory: { ...controllersInput(draft), guestOu: draft.guestOu.trim(), disabledOu: draft.disabledOu.trim() === '' ? null : draft.disabledOu.trim() },
  }
}
