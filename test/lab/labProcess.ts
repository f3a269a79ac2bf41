import { openLab } from '../../src/main/lab/openLab.ts'

/** A process of its own that opens the lab of a folder, says what it got as one line of JSON, and keeps it until its input ends. */
const folder = process.argv[2]
if (folder === undefined) throw new Error('Usage: node labProcess.ts FOLDER')
const lab = await openLab(folder, new URL('../../src/main/lab/labWorker.ts', import.meta.url))
process.stdout.write(`${JSON.stringify({ isOwn: lab.isOwn, endpoints: lab.endpoints })}\n`)
process.stdin.resume()
process.stdin.once('end', () => void lab.close())
