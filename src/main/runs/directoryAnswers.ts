import type { ConnectorObject, DomainName } from '../../shared/domain/connectorObject.ts'
import type { DeletedAccount } from '../../shared/domain/lifecycle.ts'
import type { ForestAnswer } from '../connectors/connector.ts'
import type { StoreReader, StoreWriter } from '../store/store.ts'

/** What was asked of the directory besides its objects, kept so that synchronisation and replay need no connection. */
export type DirectoryAnswers = {
  /** The step that asked. */
  readonly run: number
  readonly isRecycleBinOn: boolean
  /** By metaverse id. */
  readonly deletedAccounts: Readonly<Record<string, DeletedAccount>>
  /** The same accounts as they were when they were there: groups that are lost without Recycle Bin. */
  readonly formerAccounts: Readonly<Record<string, ConnectorObject>>
}

/** What the directory said about names that a synchronisation wanted to give; keys in lower case. */
export type NameAnswers = {
  /** The synchronisation that asked. */
  readonly run: number
  readonly forest: Readonly<Record<string, ForestAnswer>>
  readonly accountNames: Readonly<Record<string, DomainName | null>>
}

const watermarks = { directory: 'ad.answers', names: 'ad.nameAnswers' } as const

/** Null where nobody asked yet. */
export async function readDirectoryAnswers(store: Pick<StoreReader, 'watermark'>): Promise<DirectoryAnswers | null> {
  const text = await store.watermark(watermarks.directory)
  return text === null ? null : (JSON.parse(text) as DirectoryAnswers)
}

export function writeDirectoryAnswers(store: Pick<StoreWriter, 'setWatermark'>, answers: DirectoryAnswers): Promise<void> {
  return store.setWatermark(watermarks.directory, JSON.stringify(answers))
}

export async function readNameAnswers(store: Pick<StoreReader, 'watermark'>): Promise<NameAnswers | null> {
  const text = await store.watermark(watermarks.names)
  return text === null ? null : (JSON.parse(text) as NameAnswers)
}

export function writeNameAnswers(store: Pick<StoreWriter, 'setWatermark'>, answers: NameAnswers): Promise<void> {
  return store.setWatermark(watermarks.names, JSON.stringify(answers))
}
