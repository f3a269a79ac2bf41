import { defineConfig } from 'oxlint'

/**
 * What the compiler cannot see. An override replaces the options of a rule instead of adding to them, so the bans are
 * put together here from named parts; test/project/layers.test.ts plants a violation of each.
 */

const pureFiles = ['src/shared/domain/**', 'src/main/engine/**', 'src/main/rules/**', 'src/main/kcd/rules/**', 'src/main/runs/thresholds.ts']
/** The only pure file that may build a Date: from the text that it is given. */
const dateFile = 'src/main/rules/dateTime.ts'
/** The composition root. */
const serviceFiles = ['src/main/service.ts', 'src/main/service/**']

// Imports ─────────────────────────────────────────────────────────────────────────────────────────
const electron = {
  regex: '^electron($|/|-store)',
  message: 'In plain Node an import of electron starts a download: only src/main/index.ts, src/main/hosts/electron and src/preload may.',
}
const lab = { regex: '(^|/)lab/', message: 'Only the service and tests know the lab: nothing else may behave differently with it.' }
const implementations = {
  regex: '(^|/)(connectors/(graph|ad)|store/sqlite)/',
  message: 'Only the service and tests know implementations: take the port as an argument.',
}
const systems = { regex: '^(node:|bun:)', message: 'Pure code reads nothing and writes nothing: take what it needs as an argument.' }
const environmentOfProcess = { name: 'node:process', importNames: ['env', 'default'], message: 'Use the global, so that the ban on process.env sees it.' }

const restrictImports = (...patterns: { regex: string; message: string }[]): ['error', object] =>
  ['error', { paths: [environmentOfProcess], patterns }]

// Globals ─────────────────────────────────────────────────────────────────────────────────────────
const worldOutside = [
  'process', 'Buffer', 'console', 'fetch', 'performance', 'crypto', 'require',
  'setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask', 'window', 'document', 'navigator', 'localStorage',
].map((name) => ({ name, message: 'Pure code has neither system nor timers: take the value as an argument.' }))
const clock = { name: 'Date', message: 'Pure code has no clock: `now` is a value of the synchronisation, dates are read in rules/dateTime.ts.' }

const restrictGlobals = (...globals: { name: string; message: string }[]): ['error', object] =>
  ['error', { globals, checkGlobalObject: true }]

const chance = { object: 'Math', property: 'random', message: 'Pure code has no chance: derive the value from the seed.' }
const currentTime = { object: 'Date', property: 'now', message: 'Pure code has no clock: `now` is a value of the synchronisation.' }

export default defineConfig({
  plugins: ['typescript', 'unicorn', 'oxc', 'import', 'node', 'promise', 'vitest'],
  categories: { correctness: 'error', suspicious: 'error' },
  ignorePatterns: ['node_modules', 'out/**', '.tsbuild/**', '.cache/**'],
  rules: {
    // The style of the project decides these otherwise.
    'eslint/no-shadow': 'off',
    'eslint/no-underscore-dangle': 'off',
    'unicorn/no-array-sort': 'off',
    'unicorn/consistent-function-scoping': 'off',
    // Messages to workers have no origin.
    'unicorn/require-post-message-target-origin': 'off',
    'promise/always-return': 'off',
    'promise/no-multiple-resolved': 'off',
    'oxc/no-map-spread': 'off',
    'import/no-named-as-default-member': 'off',
    'eslint/no-control-regex': 'off',
    // A constructor that throws is how Node checks a certificate or an address.
    'eslint/no-new': 'off',
    // The compiler demands a value of every path already, and a closed switch ends all of them.
    'typescript/consistent-return': 'off',
    // Brands are made by an assertion in their parser.
    'typescript/no-unsafe-type-assertion': 'off',

    'import/no-cycle': ['error', { ignoreTypes: false }],
    'oxc/no-barrel-file': ['error', { threshold: 0 }],
    'typescript/no-explicit-any': 'error',
    'typescript/ban-ts-comment': 'error',
    'typescript/no-non-null-assertion': 'error',
    'typescript/no-floating-promises': 'error',
    'typescript/no-misused-promises': 'error',
    'typescript/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    // Code points are what names and passwords are counted in.
    'typescript/no-misused-spread': ['error', { allow: ['string'] }],
    'typescript/only-throw-error': 'error',
    'typescript/consistent-type-imports': 'error',
    'eslint/eqeqeq': 'error',
    'eslint/no-empty': 'error',
    'eslint/no-var': 'error',
    'eslint/prefer-const': 'error',
  },
  overrides: [
    {
      files: ['src/**'],
      rules: {
        'node/no-process-env': 'error',
        'eslint/no-console': 'error',
        'eslint/max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
        'eslint/max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
        'eslint/no-restricted-imports': restrictImports(electron, lab, implementations),
      },
    },
    { files: ['src/main/lab/**'], rules: { 'eslint/no-restricted-imports': restrictImports(electron, implementations) } },
    { files: ['src/main/connectors/{graph,ad}/**', 'src/main/store/sqlite/**'], rules: { 'eslint/no-restricted-imports': restrictImports(electron, lab) } },
    { files: serviceFiles, rules: { 'node/no-process-env': 'off', 'eslint/no-restricted-imports': restrictImports(electron) } },
    { files: ['src/main/hosts/**'], rules: { 'node/no-process-env': 'off' } },
    // A style sheet has nothing to assign.
    { files: ['src/renderer/**'], rules: { 'import/no-unassigned-import': ['error', { allow: ['**/*.css'] }] } },
    {
      files: ['src/main/index.ts', 'src/main/hosts/electron/**', 'src/preload/**'],
      rules: { 'eslint/no-restricted-imports': restrictImports(lab, implementations) },
    },
    {
      files: pureFiles,
      rules: {
        'eslint/no-restricted-imports': restrictImports(electron, lab, implementations, systems),
        'eslint/no-restricted-globals': restrictGlobals(...worldOutside, clock),
        'eslint/no-restricted-properties': ['error', chance, currentTime],
      },
    },
    {
      files: ['test/**'],
      rules: {
        // Tables of small worlds expect in one `check(world, expected)`.
        'vitest/expect-expect': ['error', { assertFunctionNames: ['expect*', 'check*', 'fc.assert'] }],
        // The second argument is the message.
        'vitest/valid-expect': ['error', { maxArgs: 2 }],
        // Whether a result is a success has to be asked before its value can be expected.
        'vitest/no-conditional-expect': 'off',
        // What a parser does with numbers that are too long is worth a test.
        'eslint/no-loss-of-precision': 'off',
        'typescript/require-array-sort-compare': 'off',
        'typescript/no-misused-spread': 'off',
      },
    },
    { files: [dateFile], rules: { 'eslint/no-restricted-globals': restrictGlobals(...worldOutside) } },
  ],
})
