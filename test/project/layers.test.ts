import { spawnSync } from 'node:child_process'
import { appendFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listChecks } from '../../scripts/checks.mjs'
import { plantedViolations } from './plantedViolations.ts'

/**
 * Layers, purity and habits hold because `npm run check` refuses what breaks them. So a copy of the project passes, and
 * the same copy with one violation of each rule is reported, each violation at its own file with its own rule.
 */

const projectFolder = join(import.meta.dirname, '..', '..')
const copied = ['src', 'resources', 'scripts', 'bench', 'test', 'package.json', 'tsconfig.json', 'tsconfig.base.json', 'oxlint.config.ts', 'vitest.config.ts', 'electron.vite.config.ts']

/** One diagnostic of either check. */
type Finding = { readonly path: string; readonly code: string; readonly text: string }

const copy = mkdtempSync(join(tmpdir(), 'guestbridge-layers-'))
const found = { unplanted: new Array<Finding>(), planted: new Array<Finding>() }

beforeAll(() => {
  for (const name of copied) {
    if (existsSync(join(projectFolder, name))) cpSync(join(projectFolder, name), join(copy, name), { recursive: true })
  }
  symlinkSync(join(projectFolder, 'node_modules'), join(copy, 'node_modules'), 'junction')
  found.unplanted = runChecks()
  for (const violation of plantedViolations) {
    for (const [path, content] of Object.entries({ ...violation.others, [violation.path]: violation.content })) plant(path, content)
  }
  found.planted = runChecks()
})

afterAll(() => rmSync(copy, { recursive: true, force: true }))

describe('a copy of the project', () => {
  it('passes the checks of types, layers and lint as it is', () => {
    expect(found.unplanted.map((finding) => finding.text)).toEqual([])
  })
})

describe('a violation is reported:', () => {
  it.each(plantedViolations)('$rule', ({ path, code, check }) => {
    const findings = found.planted.filter((finding) => finding.path === path)
    expect(findings.map((finding) => finding.code), `what the check of ${check} finds in ${path}`).toContain(code)
  })

  it('at files with a violation only', () => {
    const paths = new Set(plantedViolations.flatMap((violation) => [violation.path, ...Object.keys(violation.others ?? {})]))
    const before = new Set(found.unplanted.map((finding) => finding.text))
    const elsewhere = found.planted.filter((finding) => !paths.has(finding.path) && !before.has(finding.text))
    expect(elsewhere.map((finding) => finding.text)).toEqual([])
  })
})

function plant(path: string, content: string): void {
  const target = join(copy, path)
  mkdirSync(dirname(target), { recursive: true })
  appendFileSync(target, content)
}

function runChecks(): Finding[] {
  return [...runTypes(), ...runLint()]
}

function runTypes(): readonly Finding[] {
  const { program, options } = listChecks(copy).types
  const output = run(program, [...options, '--pretty', 'false'])
  return output.split('\n').flatMap((line) => {
    const parts = /^(\S[^(]*)\(\d+,\d+\): error (TS\d+): /.exec(line)
    return parts === null ? failureOf(line, 'error TS') : [{ path: parts[1] ?? '', code: parts[2] ?? '', text: line }]
  })
}

function runLint(): readonly Finding[] {
  const { program, options } = listChecks(copy).lint
  const output = run(program, [...options, '--format', 'unix'])
  return output.split('\n').flatMap((line) => {
    const parts = /^(\S[^:]*):\d+:\d+: .* \[\w+\/(.+)\]$/.exec(line)
    return parts === null ? failureOf(line, 'rror') : [{ path: parts[1] ?? '', code: parts[2] ?? '', text: line }]
  })
}

/** A line that speaks of an error without a place: a broken configuration must not look like a pass. */
function failureOf(line: string, mark: string): readonly Finding[] {
  return line.includes(mark) && !line.startsWith(' ') ? [{ path: '', code: '', text: line }] : []
}

function run(program: string, options: readonly string[]): string {
  const { stdout, stderr, error } = spawnSync(process.execPath, [program, ...options], { cwd: copy, encoding: 'utf8', maxBuffer: 2 ** 26 })
  if (error !== undefined) throw error
  return stdout + stderr
}
