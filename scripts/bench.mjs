import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { join } from 'node:path'
import { endWith, environmentOf, prepareTools } from './preparation/prepare.mjs'
import { projectFolder } from './preparation/projectFolder.mjs'
import { SetupProblem } from './preparation/setupProblem.mjs'

/** @typedef {{ readonly name: string, readonly value: number, readonly unit: string, readonly goal?: { readonly value: number, readonly is: 'atLeast' | 'atMost' } }} Figure as bench/measurement.ts has it */
/** @typedef {{ readonly name: string, readonly measures: string, readonly against: string, readonly node: string, readonly measuredMilliseconds: number, readonly referenceMilliseconds: number, readonly ratio: number, readonly lowerQuartile: number, readonly upperQuartile: number, readonly goal?: { readonly ratio: number, readonly is: 'atLeast' | 'atMost' }, readonly figures?: readonly Figure[], readonly explanation?: string, readonly load?: number }} Measurement as bench/measurement.ts has it */

// `npm run bench [name …]`: every file of bench/ in a process of its own, so that none warms up or fills another's heap.
// The table goes to standard error, the JSON document to standard output; `--write` also writes docs/performance.md, from
// docs/performance.json, which keeps what was measured last of each: a bench can be written without running all others.
await endWith(async () => {
  const node = await prepareTools(projectFolder, 'npm run bench')
  const names = process.argv.slice(2)
  const files = chooseFiles(names.filter((name) => name !== '--write'))
  const measurements = files.flatMap((file) => {
    console.error(`Measuring ${file} …`)
    return measure(node, file)
  })
  console.error(`\n${formatTable(measurements)}\n`)
  if (names.includes('--write')) writeResults(measurements)
  console.log(JSON.stringify({ platform: process.platform, arch: process.arch, measurements }, null, 2))
  return 0
})

/**
 * @param {readonly string[]} named the beginnings of file names; all files where none is named
 * @returns {readonly string[]}
 */
function chooseFiles(named) {
  const all = readdirSync(join(projectFolder, 'bench')).filter((file) => file.endsWith('.bench.ts')).toSorted()
  const chosen = all.filter((file) => named.length === 0 || named.some((name) => file.startsWith(name)))
  if (chosen.length === 0) throw new SetupProblem(`There is no such bench: ${all.join(', ')}.`)
  return chosen
}

/**
 * @param {string} node
 * @param {string} file
 * @returns {readonly Measurement[]}
 */
function measure(node, file) {
  const { status, stdout } = spawnSync(node, [join(projectFolder, 'bench', file)], {
    encoding: 'utf8',
    env: environmentOf(projectFolder),
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  if (status !== 0) throw new SetupProblem(`bench/${file} failed; its messages are above.`)
  return stdout.split('\n').filter((line) => line !== '').map((line) => /** @type {Measurement} */ (JSON.parse(line)))
}

/** @param {readonly Measurement[]} measurements */
function writeResults(measurements) {
  const file = join(projectFolder, 'docs', 'performance.json')
  const former = existsSync(file) ? /** @type {readonly Measurement[]} */ (JSON.parse(readFileSync(file, 'utf8'))) : []
  const byName = new Map([...former, ...measurements].map((measurement) => [measurement.name, measurement]))
  const all = [...byName.values()].toSorted((left, right) => left.name.localeCompare(right.name, 'en'))
  writeFileSync(file, `${JSON.stringify(all, null, 2)}\n`)
  writeFileSync(join(projectFolder, 'docs', 'performance.md'), formatPage(all))
}

/**
 * @param {readonly Measurement[]} measurements
 * @returns {string}
 */
function formatTable(measurements) {
  const rows = measurements.map((measurement) => [
    measurement.name,
    `${measurement.ratio.toFixed(2)} ×`,
    `${measurement.lowerQuartile.toFixed(2)} – ${measurement.upperQuartile.toFixed(2)}`,
    `${measurement.measuredMilliseconds.toFixed(1)} ms`,
    `${measurement.referenceMilliseconds.toFixed(1)} ms`,
  ])
  const table = [['', 'ratio', 'quartiles', 'measured', 'reference'], ...rows]
  const widths = table.reduce((known, row) => row.map((cell, column) => Math.max(cell.length, known[column] ?? 0)), /** @type {number[]} */ ([]))
  const lines = table.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('   ').trimEnd())
  const legend = measurements.map(({ name, measures, against }) => `${name}: ${measures}; reference: ${against}.`)
  return [...lines, '', ...legend].join('\n')
}

/**
 * @param {readonly Measurement[]} measurements
 * @returns {string}
 */
function formatPage(measurements) {
  const machine = `${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), ${Math.round(totalmem() / 2 ** 30)} GiB, ${process.platform} ${process.arch}`
  const rows = measurements.map((measurement) => {
    const goal = measurement.goal === undefined ? '' : formatGoal(measurement.ratio, measurement.goal.ratio, measurement.goal.is)
    const figures = (measurement.figures ?? []).map(formatFigure).join('; ')
    const quartiles = `${measurement.lowerQuartile.toFixed(2)} – ${measurement.upperQuartile.toFixed(2)}`
    return `| ${measurement.name} | ${measurement.ratio.toFixed(2)} | ${quartiles} | ${goal} | ${figures} | ${measurement.load?.toFixed(1) ?? ''} |`
  })
  const legend = measurements.map(({ name, measures, against, explanation }) => `- **${name}**: ${measures}; reference: ${against}.${explanation === undefined ? '' : ` ${explanation}`}`)
  return [
    '# Performance', '', `Written by \`npm run bench -- --write\` on ${machine}. Ratios travel to other machines, absolute figures do not, and least from a busy one: load is how many processes wanted a core meanwhile.`, '',
    '| | ratio | quartiles | goal | figures | load |', '|---|---|---|---|---|---|', ...rows, '', ...legend, '',
  ].join('\n')
}

/**
 * @param {Figure} figure
 * @returns {string}
 */
function formatFigure({ name, value, unit, goal }) {
  const shown = `${name} ${value.toLocaleString('en')} ${unit}`
  return goal === undefined ? shown : `${shown} (${formatGoal(value, goal.value, goal.is)})`
}

/**
 * @param {number} measured
 * @param {number} goal
 * @param {'atLeast' | 'atMost'} is
 * @returns {string}
 */
function formatGoal(measured, goal, is) {
  const isReached = is === 'atLeast' ? measured >= goal : measured <= goal
  return `${is === 'atLeast' ? '≥' : '≤'} ${goal.toLocaleString('en')} ${isReached ? '✓' : '✗'}`
}
