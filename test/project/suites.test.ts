import { globSync } from 'node:fs'
import { join, matchesGlob } from 'node:path'
import { describe, expect, it } from 'vitest'
import { addCounts, countSuite, formatSummary } from '../../scripts/suites/results.mjs'
import { suites } from '../../scripts/suites/suites.mjs'

const passedFile = { status: 'passed', assertionResults: [{ status: 'passed' }, { status: 'passed' }, { status: 'skipped' }] }
const failedFile = { status: 'failed', assertionResults: [{ status: 'passed' }, { status: 'failed' }] }
const brokenFile = { status: 'failed', assertionResults: [] }
const skippedFile = { status: 'passed', assertionResults: [{ status: 'pending' }, { status: 'todo' }] }

describe('the result of a suite', () => {
  it('counts tests over its files', () => {
    expect(countSuite({ testResults: [passedFile, failedFile, skippedFile] }, 1, 'mustHaveTests')).toEqual({ passed: 3, failed: 1, skipped: 3 })
  })

  it('counts a file that could not be loaded as a failure', () => {
    expect(countSuite({ testResults: [passedFile, brokenFile] }, 1, 'mayBeEmpty')).toEqual({ passed: 2, failed: 1, skipped: 1 })
  })

  it('counts an error outside of all tests as a failure', () => {
    expect(countSuite({ testResults: [passedFile] }, 1, 'mayBeEmpty')).toEqual({ passed: 2, failed: 1, skipped: 1 })
  })

  it('is a failure when there is no report', () => {
    expect(countSuite(null, 0, 'mayBeEmpty')).toEqual({ passed: 0, failed: 1, skipped: 0 })
  })

  it('is a failure without tests where there must be some', () => {
    expect(countSuite({ testResults: [] }, 0, 'mustHaveTests')).toEqual({ passed: 0, failed: 1, skipped: 0 })
  })

  it('is empty without tests where there need not be any', () => {
    expect(countSuite({ testResults: [] }, 0, 'mayBeEmpty')).toEqual({ passed: 0, failed: 0, skipped: 0 })
  })
})

describe('the last line of npm test', () => {
  it('sums the suites', () => {
    expect(formatSummary(addCounts({ passed: 3, failed: 1, skipped: 0 }, { passed: 4, failed: 0, skipped: 2 }))).toBe('7 passed, 1 failed, 2 skipped')
  })
})

describe('every test file', () => {
  const projectFolder = join(import.meta.dirname, '..', '..')
  const files = globSync('test/**/*.test.ts', { cwd: projectFolder })

  it.each(files)('%s belongs to exactly one suite', (file) => {
    const path = file.replaceAll('\\', '/')
    const owners = suites.filter(({ include, exclude }) => include.some((glob) => matchesGlob(path, glob)) && !exclude.some((glob) => matchesGlob(path, glob)))
    expect(owners.map((suite) => suite.name)).toHaveLength(1)
  })
})
