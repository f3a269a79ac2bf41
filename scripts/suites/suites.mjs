/**
 * The suites of `npm test`, in the order in which they run: what fails fastest and says most comes first. Each is a
 * project of vitest.config.ts by the same name.
 *
 * @typedef {{ readonly name: string, readonly include: readonly string[], readonly exclude: readonly string[], readonly workers: number, readonly timeout: number }} Suite
 */

/** @type {readonly Suite[]} `timeout` of one test in milliseconds */
export const suites = [
  { name: 'unit', include: ['test/**/*.test.ts'], exclude: ['test/contract/**', 'test/e2e/**', 'test/project/**', 'test/window/**'], workers: 2, timeout: 20_000 },
  { name: 'project', include: ['test/project/**/*.test.ts'], exclude: [], workers: 2, timeout: 120_000 },
  { name: 'contract', include: ['test/contract/**/*.test.ts'], exclude: [], workers: 2, timeout: 60_000 },
  { name: 'e2e', include: ['test/e2e/**/*.test.ts'], exclude: [], workers: 2, timeout: 120_000 },
  { name: 'window', include: ['test/window/**/*.test.ts'], exclude: [], workers: 2, timeout: 120_000 },
]
