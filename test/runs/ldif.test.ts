import { describe, expect, it } from 'vitest'
import { renderLdif } from '../../src/main/runs/ldif.ts'
import { createOf, dn, guid, updateOf } from './sampleChanges.ts'

const from = { rule: 'r', source: 's', connector: null } as const

describe('LDIF of a change', () => {
  it('of a create is an add without any secret', () => {
    const text = renderLdif(createOf(1))
    expect(text).toContain('changetype: add')
    expect(text).toContain('# unicodePwd: generated at the moment of the export')
    expect(text).not.toMatch(/^unicodePwd/m)
  })

  it('of an update deletes the old and adds the new value', () => {
    expect(renderLdif(updateOf(1))).toContain('delete: sn\nsn: Muller\n-\nadd: sn\nsn:: TcO8bGxlcg==\n-')
  })

  it('of a move is a modrdn into the other container', () => {
    const text = renderLdif(updateOf(1, { kind: 'move', attributes: [], newDn: dn(`CN=${guid(1)},OU=Leavers,DC=contoso,DC=test`) }))
    expect(text).toContain(`newrdn: CN=${guid(1)}\ndeleteoldrdn: 1\nnewsuperior: OU=Leavers,DC=contoso,DC=test`)
  })

  it.each([' leading blank', 'trailing blank ', ':colon', '<less', 'two\nlines', 'Größe', '\u0000'])('writes %j as base64', (value) => {
    const text = renderLdif(updateOf(1, { attributes: [{ name: 'sn', before: [], after: [value], from }] }))
    expect(text).toContain(`sn:: ${Buffer.from(value, 'utf8').toString('base64')}`)
  })

  it('folds lines that are longer than 76 characters', () => {
    const text = renderLdif(updateOf(1, { attributes: [{ name: 'info', before: [], after: ['x'.repeat(300)], from }] }))
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(76)
    expect(text.replaceAll('\n ', '')).toContain(`info: ${'x'.repeat(300)}`)
  })
})
