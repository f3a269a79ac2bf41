import { openStoreReader } from '../../../src/main/store/sqlite/openStore.ts'
import { options } from '../rows.ts'

/** Reads the number of accounts over and over until standard input ends, then says how often it read which number. */
const opened = await openStoreReader(process.argv[2] ?? '', options)
if (!opened.ok) throw new Error(opened.problem.message)
const seen = new Map<number, number>()
const asked = new AbortController()
process.stdin.on('end', () => asked.abort()).resume()
process.stdout.write('reading\n')
while (!asked.signal.aborted) {
  const count = await opened.value.countConnectorObjects('ad')
  seen.set(count, (seen.get(count) ?? 0) + 1)
  await new Promise((resolve) => setImmediate(resolve))
}
process.stdout.write(`${JSON.stringify([...seen.keys()].sort((left, right) => left - right))}\n`)
