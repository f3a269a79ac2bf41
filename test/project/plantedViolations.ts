/** A file that breaks one rule, and how `npm run check` has to report it. */
export type PlantedViolation = {
  readonly rule: string
  /** Where it is planted; the content is added to a file that exists. */
  readonly path: string
  readonly content: string
  readonly check: 'types' | 'lint'
  /** TypeScript's error or oxlint's rule. */
  readonly code: string
  /** More files that the violation needs. */
  readonly others?: Readonly<Record<string, string>>
}

/** A file that no referenced project holds: the layer may not import it. Said once for each such file and layer, so no two plants share one. */
const notOfTheLayer = 'TS6307'
const importsStore = `import type { StoreError } from '../store/storeError.ts'\nexport type Planted = StoreError\n`

const layers: readonly PlantedViolation[] = [
  {
    rule: 'the preload imports nothing of ours',
    path: 'src/preload/planted1.ts',
    content: `import type { Frame } from '../shared/rpc/frames.ts'\nexport type Planted = Frame\n`,
    check: 'types',
    code: notOfTheLayer,
  },
  { rule: 'the engine does not import the store', path: 'src/main/engine/planted1.ts', content: importsStore, check: 'types', code: notOfTheLayer },
  {
    rule: 'nor by an inline type import',
    path: 'src/main/engine/planted2.ts',
    content: `export type Planted = import('../workspace/configuration.ts').WorkspaceConfiguration\n`,
    check: 'types',
    code: notOfTheLayer,
  },
  {
    rule: 'the domain imports nothing of ours',
    path: 'src/shared/domain/planted1.ts',
    content: `import type { RuleSet } from '../../main/rules/ruleSet.ts'\nexport type Planted = RuleSet\n`,
    check: 'types',
    code: notOfTheLayer,
  },
  {
    rule: 'the contract of the window does not import the workspace',
    path: 'src/shared/api/planted1.ts',
    content: `import type { WorkspaceConfiguration } from '../../main/workspace/configuration.ts'\nexport type Planted = WorkspaceConfiguration\n`,
    check: 'types',
    code: notOfTheLayer,
  },
  {
    rule: 'runs do not import sqlite',
    path: 'src/main/runs/planted1.ts',
    content: `import type { Planted as Table } from '../store/sqlite/plantedTable.ts'\nexport type Planted = Table\n`,
    check: 'types',
    code: notOfTheLayer,
    others: { 'src/main/store/sqlite/plantedTable.ts': 'export type Planted = string\n' },
  },
  {
    rule: 'runs do not import the lab',
    path: 'src/main/runs/planted2.ts',
    content: `import type { Planted as Lab } from '../lab/plantedLab.ts'\nexport type Planted = Lab\n`,
    check: 'types',
    code: notOfTheLayer,
    others: { 'src/main/lab/plantedLab.ts': 'export type Planted = string\n' },
  },
  {
    rule: 'Graph does not import Active Directory',
    path: 'src/main/connectors/graph/planted1.ts',
    content: `import type { Planted as Ad } from '../ad/plantedAd.ts'\nexport type Planted = Ad\n`,
    check: 'types',
    code: notOfTheLayer,
    others: { 'src/main/connectors/ad/plantedAd.ts': 'export type Planted = string\n' },
  },
  {
    rule: 'Active Directory does not import Graph',
    path: 'src/main/connectors/ad/planted1.ts',
    content: `import type { Planted as Graph } from '../graph/plantedGraph.ts'\nexport type Planted = Graph\n`,
    check: 'types',
    code: notOfTheLayer,
    others: { 'src/main/connectors/graph/plantedGraph.ts': 'export type Planted = string\n' },
  },
  {
    rule: 'the lab shares no code with the product that it tests',
    path: 'src/main/lab/planted1.ts',
    content: `import { assertNever } from '../../shared/domain/assertNever.ts'\nexport const planted = assertNever\n`,
    check: 'types',
    code: notOfTheLayer,
  },
  {
    rule: 'a host does not know the lab',
    path: 'src/main/hosts/cli/planted1.ts',
    content: `import type { Planted as Lab } from '../../lab/plantedLab.ts'\nexport type Planted = Lab\n`,
    check: 'lint',
    code: 'eslint(no-restricted-imports)',
  },
  {
    rule: 'a host does not know the store behind the port',
    path: 'src/main/hosts/cli/planted2.ts',
    content: `import type { Planted as Table } from '../../store/sqlite/plantedTable.ts'\nexport type Planted = Table\n`,
    check: 'lint',
    code: 'eslint(no-restricted-imports)',
  },
  {
    rule: 'modules do not import each other in a circle, not even types',
    path: 'src/main/engine/planted3.ts',
    content: `import type { Right } from './planted4.ts'\nexport type Left = Right | null\n`,
    check: 'lint',
    code: 'import(no-cycle)',
    others: { 'src/main/engine/planted4.ts': `import type { Left } from './planted3.ts'\nexport type Right = { readonly left: Left }\n` },
  },
  {
    rule: 'no file only passes others on',
    path: 'src/main/workspace/index.ts',
    content: `export * from './configuration.ts'\n`,
    check: 'lint',
    code: 'oxc(no-barrel-file)',
  },
]

const purity: readonly PlantedViolation[] = [
  { rule: 'the engine has no clock', path: 'src/main/engine/planted5.ts', content: 'export const planted = () => new Date()\n', check: 'lint', code: 'eslint(no-restricted-globals)' },
  { rule: 'nor by a detour', path: 'src/main/engine/planted6.ts', content: 'export const planted = () => new globalThis.Date()\n', check: 'lint', code: 'eslint(no-restricted-globals)' },
  { rule: 'nor Date.now', path: 'src/main/engine/planted7.ts', content: 'export const planted = () => Date.now()\n', check: 'lint', code: 'eslint(no-restricted-properties)' },
  {
    rule: 'of the rules, only one file builds dates',
    path: 'src/main/rules/functions/planted/dateTime.ts',
    content: `export const planted = () => new Date('2026-01-01')\n`,
    check: 'lint',
    code: 'eslint(no-restricted-globals)',
  },
  { rule: 'thresholds have no clock', path: 'src/main/runs/thresholds.ts', content: '\nexport const planted = () => new Date()\n', check: 'lint', code: 'eslint(no-restricted-globals)' },
  { rule: 'the domain has no chance', path: 'src/shared/domain/planted2.ts', content: 'export const planted = () => Math.random()\n', check: 'lint', code: 'eslint(no-restricted-properties)' },
  { rule: 'the rules have no timers', path: 'src/main/rules/planted1.ts', content: 'export const planted = () => setTimeout(() => {}, 1)\n', check: 'lint', code: 'eslint(no-restricted-globals)' },
  { rule: 'the engine reads no files', path: 'src/main/engine/planted8.ts', content: `export { readFileSync } from 'node:fs'\n`, check: 'lint', code: 'eslint(no-restricted-imports)' },
  { rule: 'the engine compiles without the types of Node', path: 'src/main/engine/planted9.ts', content: 'export type Planted = NodeJS.Process\n', check: 'types', code: 'TS2503' },
  { rule: 'the rules do too', path: 'src/main/rules/planted2.ts', content: 'export type Planted = Buffer\n', check: 'types', code: 'TS2591' },
  { rule: 'the domain compiles without the types of a window', path: 'src/shared/domain/planted3.ts', content: 'export type Planted = HTMLElement\n', check: 'types', code: 'TS2304' },
]

const habits: readonly PlantedViolation[] = [
  { rule: 'connectors do not read the environment', path: 'src/main/connectors/graph/planted2.ts', content: `export const planted = process.env['HOME']\n`, check: 'lint', code: 'node(no-process-env)' },
  {
    rule: 'nor by an import',
    path: 'src/main/connectors/ad/planted2.ts',
    content: `import { env } from 'node:process'\nexport const planted = env['HOME']\n`,
    check: 'lint',
    code: 'eslint(no-restricted-imports)',
  },
  { rule: 'the service runs without Electron', path: 'src/main/planted1.ts', content: `import { app } from 'electron'\nexport const planted = app\n`, check: 'lint', code: 'eslint(no-restricted-imports)' },
  { rule: 'nor loads it later', path: 'src/main/runs/planted3.ts', content: `export const planted = () => import('electron')\n`, check: 'lint', code: 'eslint(no-restricted-imports)' },
  { rule: 'nothing is of type any', path: 'src/main/runs/planted4.ts', content: 'export const planted = (value: any): unknown => value\n', check: 'lint', code: 'typescript(no-explicit-any)' },
  {
    rule: 'no promise is forgotten',
    path: 'src/main/runs/planted5.ts',
    content: 'export function planted(start: () => Promise<void>): void {\n  start()\n}\n',
    check: 'lint',
    code: 'typescript(no-floating-promises)',
  },
  {
    rule: 'no error is swallowed',
    path: 'src/main/runs/planted6.ts',
    content: 'export function planted(start: () => void): void {\n  try {\n    start()\n  } catch {}\n}\n',
    check: 'lint',
    code: 'eslint(no-empty)',
  },
  {
    rule: 'no type error is ignored',
    path: 'src/main/runs/planted7.ts',
    content: `// @ts-ignore\nexport const planted: number = 'text'\n`,
    check: 'lint',
    code: 'typescript(ban-ts-comment)',
  },
  { rule: 'the product does not write to a console of its own accord', path: 'src/main/runs/planted8.ts', content: `export const planted = () => console.log('text')\n`, check: 'lint', code: 'eslint(no-console)' },
  {
    rule: 'an index may be missing',
    path: 'src/main/runs/planted9.ts',
    content: 'export const planted = (values: readonly string[]): string => values[0]\n',
    check: 'types',
    code: 'TS2322',
  },
  {
    rule: 'undefined is not the same as absent',
    path: 'src/main/runs/planted10.ts',
    content: 'export const planted: { readonly name?: string } = { name: undefined }\n',
    check: 'types',
    code: 'TS2375',
  },
]

export const plantedViolations: readonly PlantedViolation[] = [...layers, ...purity, ...habits]
