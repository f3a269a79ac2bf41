import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const projectFolder = join(import.meta.dirname, '..', '..')

/** Split, so that this file does not hold what it looks for. */
const switches = ['oxlint', 'eslint'].map((linter) => [linter, 'disable'].join('-'))

it('no file switches a rule of the linter off: a rule holds everywhere or stands in oxlint.config.ts', () => {
  const files = globSync(['{src,test,scripts,bench}/**/*.{ts,tsx,mjs}', '*.ts'], { cwd: projectFolder })
  const offenders = files.filter((file) => switches.some((text) => readFileSync(join(projectFolder, file), 'utf8').includes(text)))
  expect(files).toContain('oxlint.config.ts')
  expect(offenders).toEqual([])
})
