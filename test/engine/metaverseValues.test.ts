import { describe, expect, it } from 'vitest'
import { metaverseValues } from '../../src/main/engine/metaverseValues.ts'
import type { MetaverseAttributeSchema } from '../../src/main/rules/ruleSet.ts'
import type { Value } from '../../src/shared/domain/attributes.ts'

describe('metaverseValues', () => {
  it.each<[MetaverseAttributeSchema['type'], Value, Value]>([
    ['text', ' a ', ' a '],
    ['integer', 5, 5],
    ['integer', '-5', -5],
    ['integer', '132000000000000001', '132000000000000001'],
    ['boolean', 'TRUE', true],
    ['boolean', 'False', false],
    ['boolean', false, false],
    ['sid', 's-1-5-21-1', 'S-1-5-21-1'],
    ['guid', '{6F9619FF-8B86-D011-B42D-00C04FC964FF}', '6f9619ff-8b86-d011-b42d-00c04fc964ff'],
    ['dn', 'cn=A, dc=x', 'CN=A,DC=x'],
  ])('gives %s %j as %j', (type, value, expected) => {
    expect(metaverseValues({ type }, [value])).toEqual({ ok: true, value: [expected] })
  })

  it.each<[MetaverseAttributeSchema['type'], Value]>([
    ['text', 1], ['text', true], ['integer', 1.5], ['integer', 'a'], ['integer', true], ['boolean', 'yes'], ['boolean', 1], ['sid', 'x'], ['guid', 'x'], ['dn', 'x'],
  ])('refuses for %s the value %j', (type, value) => {
    expect(metaverseValues({ type }, [value])).toMatchObject({ ok: false, problem: expect.stringContaining(`type ${type}`) })
  })

  it('takes several values only where the attribute does', () => {
    expect(metaverseValues({ type: 'text' }, ['a', 'b'])).toMatchObject({ ok: false, problem: expect.stringContaining('2 values') })
    expect(metaverseValues({ type: 'text', isMultiValued: true }, ['a', 'b'])).toEqual({ ok: true, value: ['a', 'b'] })
  })
})
