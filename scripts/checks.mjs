import { join } from 'node:path'

/**
 * @typedef {{ readonly name: string, readonly program: string, readonly options: readonly string[] }} Check
 * @typedef {'types' | 'lint' | 'unit'} CheckName
 */

/**
 * What a commit has to pass, each as a program of the packages for Node.
 *
 * - types: each layer is a composite project, so that this also finds imports that a layer must not have
 * - lint: what the compiler cannot see; type-aware, therefore after the types
 * - unit: the tests that need nothing but the packages
 *
 * @param {string} folder
 * @returns {Readonly<Record<CheckName, Check>>}
 */
export function listChecks(folder) {
  const inPackages = (/** @type {readonly string[]} */ ...path) => join(folder, 'node_modules', ...path)
  return {
    types: { name: 'types and layers', program: inPackages('typescript', 'bin', 'tsc'), options: ['-b'] },
    lint: { name: 'lint', program: inPackages('oxlint', 'bin', 'oxlint'), options: ['--type-aware', '--deny-warnings', '.'] },
    unit: { name: 'unit tests', program: inPackages('vitest', 'vitest.mjs'), options: ['run', '--project', 'unit'] },
  }
}
