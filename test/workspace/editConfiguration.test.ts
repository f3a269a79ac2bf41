import { mkdtemp, readFile, readdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { editConfiguration } from '../../src/main/workspace/editConfiguration.ts'
import { keepVersion, listVersions, replaceFile } from '../../src/main/workspace/replaceFile.ts'

const text = '{\n  // who decides\n  "rules": { "set": "guestbridge" },\n  "thresholds": { "create": { "count": 500, "percent": 10 } }, // agreed in May\n}\n'

describe('an edit of workspace.json', () => {
  it('changes what is named and keeps comments, order and trailing commas', () => {
    expect(editConfiguration(text, [{ path: ['thresholds', 'create', 'count'], value: 300 }])).toBe(text.replace('500', '300'))
  })

  it('takes a key out for null', () => {
    const edited = editConfiguration(text, [{ path: ['thresholds', 'create', 'percent'], value: null }])
    expect(edited).not.toContain('percent')
    expect(edited).toContain('// agreed in May')
  })
})

describe('kept versions', () => {
  it('are numbered one after the other and never written over', async () => {
    const folder = join(await mkdtemp(join(tmpdir(), 'guestbridge-versions-')), 'rules')
    expect(await listVersions(folder)).toEqual([])
    expect([await keepVersion(folder, 'first'), await keepVersion(folder, 'second')]).toEqual([1, 2])
    await writeFile(join(folder, 'notes.json'), 'no version')
    expect(await keepVersion(folder, 'third')).toBe(3)
    expect(await readFile(join(folder, '1.json'), 'utf8')).toBe('first')
  })

  it('a file is replaced as a whole, and nothing is left beside it', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'guestbridge-replace-'))
    const file = join(folder, 'rules.json')
    await writeFile(file, 'a text that is longer than the next one')
    replaceFile(file, 'new')
    expect([await readFile(file, 'utf8'), await readdir(folder)]).toEqual(['new', ['rules.json']])
  })
})
