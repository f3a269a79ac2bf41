import type { Ace, Descriptor } from './descriptor.ts'

/**
 * Security descriptor definition language (MS-DTYP 2.5.1), as far as default descriptors of the schema use it. Throws where the text is not of it: the texts
 * are the server's own.
 */
export function parseSddl(text: string, domainSid: string): Descriptor {
  const sidOf = (name: string) => readSidName(name, domainSid)
  const [, owner] = /O:(\w\w|S-[\d-]+)(?=G:|D:|S:|$)/.exec(text) ?? []
  const [, group] = /G:(\w\w|S-[\d-]+)(?=D:|S:|$)/.exec(text) ?? []
  const dacl = /D:([A-Z]*)((?:\([^)]*\))*)/.exec(text)
  const sacl = /S:[A-Z]*((?:\([^)]*\))+)$/.exec(text)
  return {
    owner: owner === undefined ? null : sidOf(owner),
    group: group === undefined ? null : sidOf(group),
    inheritance: (dacl?.[1] ?? '').includes('P') ? 'blocked' : 'open',
    dacl: dacl === null ? null : parseAces(dacl[2] ?? '', domainSid),
    sacl: sacl === null ? null : parseAces(sacl[1] ?? '', domainSid),
  }
}

export function parseAces(text: string, domainSid: string): readonly Ace[] {
  return Array.from(text.matchAll(/\(([^)]*)\)/g), ([, fields = '']) => parseAce(fields, domainSid))
}

const kinds: Readonly<Record<string, Ace['kind']>> = { A: 'allow', OA: 'allow', D: 'deny', OD: 'deny', AU: 'audit', OU: 'audit' }
const flagBits: Readonly<Record<string, number>> = { OI: 0x1, CI: 0x2, NP: 0x4, IO: 0x8, ID: 0x10, SA: 0x40, FA: 0x80 }
const rightBits: Readonly<Record<string, number>> = {
  CC: 0x1, DC: 0x2, LC: 0x4, SW: 0x8, RP: 0x10, WP: 0x20, DT: 0x40, LO: 0x80, CR: 0x100, SD: 0x1_0000, RC: 0x2_0000, WD: 0x4_0000, WO: 0x8_0000,
  GA: 0x1000_0000, GX: 0x2000_0000, GW: 0x4000_0000, GR: 0x8000_0000,
}

function parseAce(fields: string, domainSid: string): Ace {
  const [type = '', flags = '', rights = '', objectType = '', inheritedType = '', sid = ''] = fields.split(';')
  const kind = kinds[type]
  if (kind === undefined) throw new Error(`(${fields}) is of no known kind`)
  return {
    kind, flags: bitsOf(flags, flagBits), mask: bitsOf(rights, rightBits), objectType: guidOrNull(objectType), inheritedType: guidOrNull(inheritedType),
    sid: readSidName(sid, domainSid),
  }
}

function guidOrNull(text: string): string | null {
  return text === '' ? null : text.toLowerCase()
}

function bitsOf(text: string, table: Readonly<Record<string, number>>): number {
  return (text.match(/../g) ?? []).reduce((bits, name) => {
    const bit = table[name]
    if (bit === undefined) throw new Error(`${name} is no right or flag of SDDL`)
    return (bits | bit) >>> 0
  }, 0)
}

/** MS-DTYP 2.5.1.1, sid-token. */
const wellKnownSids: Readonly<Record<string, string>> = {
  AU: 'S-1-5-11', WD: 'S-1-1-0', SY: 'S-1-5-18', PS: 'S-1-5-10', CO: 'S-1-3-0', ED: 'S-1-5-9', BA: 'S-1-5-32-544', AO: 'S-1-5-32-548', SO: 'S-1-5-32-549', PO: 'S-1-5-32-550',
  RU: 'S-1-5-32-554', BU: 'S-1-5-32-545', NS: 'S-1-5-20', LS: 'S-1-5-19', AN: 'S-1-5-7', IU: 'S-1-5-4',
}
const domainRids: Readonly<Record<string, number>> = { DA: 512, DU: 513, DG: 514, DC: 515, DD: 516, CA: 517, SA: 518, EA: 519, PA: 520, RO: 498, RS: 553 }

function readSidName(name: string, domainSid: string): string {
  const rid = domainRids[name]
  const sid = name.startsWith('S-') ? name : rid === undefined ? wellKnownSids[name] : `${domainSid}-${rid}`
  if (sid === undefined) throw new Error(`${name} is no SID of SDDL`)
  return sid
}
