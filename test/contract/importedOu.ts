import type { DeltaChange, DeltaPage, DirectoryReader, DirectoryWriter } from '../../src/main/connectors/connector.ts'
import type { Attributes } from '../../src/shared/domain/attributes.ts'
import type { ConnectorObject } from '../../src/shared/domain/connectorObject.ts'
import { childDn } from '../../src/shared/domain/dn.ts'
import type { Dn, ObjectGuid } from '../../src/shared/domain/ids.ts'
import type { Problem } from '../../src/shared/domain/problem.ts'
import type { Result } from '../../src/shared/domain/result.ts'
import { calm, collect, outcomeOf, valueOf } from './directoryUnderTest.ts'

export const selected = ['displayName', 'mail', 'employeeType']

/** A connector space of one OU, kept as the store keeps it. */
export class ImportedOu {
  readonly known = new Map<string, ConnectorObject>()
  readonly #anchors = new Map<string, ObjectGuid>()
  readonly ou: Dn
  readonly reader: DirectoryReader
  readonly writer: DirectoryWriter
  readonly prefix: string

  constructor(ou: Dn, reader: DirectoryReader, writer: DirectoryWriter, prefix: string) {
    this.ou = ou
    this.reader = reader
    this.writer = writer
    this.prefix = prefix
  }

  dn(name: string): Dn {
    return childDn('CN', name, this.ou)
  }

  anchor(name: string): ObjectGuid {
    const anchor = this.#anchors.get(name)
    if (anchor === undefined) throw new Error(`no account ${name}`)
    return anchor
  }

  async add(name: string): Promise<void> {
    const attributes: Attributes = { sAMAccountName: [`${this.prefix}${name}`], displayName: [name], mail: [`${name}@x.test`] }
    this.#anchors.set(name, valueOf(await this.writer.addDisabledUser(this.dn(name), attributes, calm)))
  }

  async change(name: string, attribute: string, before: string, after: string): Promise<void> {
    valueOf(await this.writer.modify(this.anchor(name), [{ name: attribute, before: [before], after: [after] }], calm))
  }

  /** Empty where the source offers no watermark. */
  async importAll(meanwhile: () => Promise<void> = async () => undefined): Promise<string> {
    this.known.clear()
    let watermark: string | null = null
    for await (const page of this.reader.importAll({ attributes: selected, signal: calm })) {
      for (const object of valueOf(page).objects) this.known.set(object.anchor, object)
      if (!valueOf(page).isLast) await meanwhile()
      meanwhile = async () => undefined
      watermark = valueOf(page).watermark
    }
    return watermark ?? ''
  }

  async delta(watermark: string): Promise<readonly DeltaPage[]> {
    const pages = (await collect(this.#readDelta(watermark, selected))).map(valueOf)
    const ends = pages.map(({ isLast, watermark: next }) => (isLast && next !== null ? 'end' : isLast || next !== null ? 'half an end' : 'page'))
    if (ends.indexOf('end') !== ends.length - 1 || ends.includes('half an end')) throw new Error(`A round has one end, with a watermark: ${ends.join(', ')}`)
    return pages
  }

  async deltaOutcome(watermark: string, attributes: readonly string[] = selected): Promise<string> {
    const last = (await collect(this.#readDelta(watermark, attributes))).at(-1)
    return last === undefined ? 'nothing' : outcomeOf(last)
  }

  #readDelta(watermark: string, attributes: readonly string[]): AsyncIterable<Result<DeltaPage, Problem>> {
    const known = async (anchors: readonly string[]) => new Set(anchors.filter((anchor) => this.known.has(anchor)))
    return this.reader.importDelta({ attributes, watermark, known, signal: calm })
  }

  apply(changes: readonly DeltaChange[]): void {
    for (const change of changes) {
      if (change.kind === 'removed') this.known.delete(change.anchor)
      else if (change.kind === 'replaced') this.known.set(change.object.anchor, change.object)
      else {
        const before = this.known.get(change.anchor)
        if (before === undefined) throw new Error(`a change of a stranger: ${change.anchor}`)
        const attributes = Object.fromEntries(Object.entries({ ...before.attributes, ...change.attributes }).filter(([, values]) => values.length > 0))
        this.known.set(change.anchor, { ...before, dn: change.dn ?? before.dn, attributes })
      }
    }
  }

  /** What is known now, in an order of its own. */
  objects(): readonly ConnectorObject[] {
    return [...this.known.values()].toSorted((left, right) => left.anchor.localeCompare(right.anchor))
  }
}
