import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
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
  let folder: string
  beforeEach(async () => { folder = await mkdtemp(join(tmpdir(), 'guestbridge-versions-')) })
  afterEach(() => rm(folder, { recursive: true }))

  it('are numbered one after the other and never written over', async () => {
    const versions = join(folder, 'rules')
    expect(await listVersions(versions)).toEqual([])
    expect([await keepVersion(versions, 'first'), await keepVersion(versions, 'second')]).toEqual([1, 2])
    await writeFile(join(versions, 'notes.json'), 'no version')
    expect(await keepVersion(versions, 'third')).toBe(3)
    expect(await readFile(join(versions, '1.json'), 'utf8')).toBe('first')
  })

  it('a file is replaced as a whole, and nothing is left beside it', async () => {
    const file = join(folder, 'rules.json')
    await writeFile(file, 'a text that is longer than the next one')
    replaceFile(file, 'new')
    expect([await readFile(file, 'utf8'), await readdir(folder)]).toEqual(['new', ['rules.json']])
  })
})
