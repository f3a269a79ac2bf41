import { copyFileSync, existsSync, globSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, matchesGlob, relative, resolve } from 'node:path'
import { parse, type ParseError } from 'jsonc-parser'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import addCommandLine from '../../scripts/packaging/addCommandLine.mjs'
import { chooseNode } from '../../scripts/preparation/packagedNode.mjs'
import { runToEnd } from './runToEnd.ts'
import { buildWindow } from '../fixtures/windowBuild.ts'
import { packageOf, readImports } from './moduleImports.ts'

// What electron-builder would say, as far as the project knows it without electron-builder.
const projectFolder = join(import.meta.dirname, '..', '..')
const configurationSchema = z.object({
  extraMetadata: z.object({ main: z.string() }), files: z.array(z.string()), asar: z.literal(true), asarUnpack: z.array(z.string()), afterPack: z.string(),
  linux: z.object({ icon: z.string() }), win: z.object({ icon: z.string() }), mac: z.object({ icon: z.string() }),
  electronFuses: z.record(z.string(), z.boolean()),
})
const manifestSchema = z.object({ type: z.literal('module'), dependencies: z.record(z.string(), z.string()), devDependencies: z.record(z.string(), z.string()) })
const lockSchema = z.object({ packages: z.record(z.string(), z.object({ dev: z.boolean().optional() })) })

const configuration = configurationSchema.parse(readCommented('electron-builder.json5'))
const manifest = manifestSchema.parse(JSON.parse(readFileSync(join(projectFolder, 'package.json'), 'utf8')))
/** Folder with the layout of the project, and the build of the sources as they are. */
let project: string
let packed: ReadonlySet<string>

beforeAll(async () => {
  const build = await buildWindow()
  project = mkdtempSync(join(tmpdir(), 'guestbridge-packaging-'))
  symlinkSync(build, join(project, 'out'))
  for (const name of ['node_modules', 'resources']) symlinkSync(join(projectFolder, name), join(project, name))
  for (const name of ['package.json', 'LICENSE']) copyFileSync(join(projectFolder, name), join(project, name))
  packed = listPacked(project)
})
afterAll(() => rmSync(project, { recursive: true }))

describe('the archive of the application', () => {
  it.each(configuration.files.filter((pattern) => pattern !== '!**/*'))('has a file for the pattern %s', (pattern) => {
    expect(listCandidates(project).filter((path) => matchesGlob(path, pattern.replace(/^!/, '')))).not.toEqual([])
  })

  it('has everything that its entries load, and loads nothing else than Electron and Node', () => {
    const loaded = followImports([configuration.extraMetadata.main, 'out/main/serviceWorker.js', 'out/main/labWorker.js', 'out/preload/index.cjs'])
    expect([...loaded.files].filter((path) => !packed.has(path))).toEqual([])
    expect([...loaded.packages].toSorted()).toEqual(['@napi-rs/keyring', 'electron'])
    expect([...packed]).toEqual(expect.arrayContaining(['package.json', 'node_modules/@napi-rs/keyring/package.json', 'node_modules/@napi-rs/keyring/index.js']))
  })

  it('has the page, and the licences of what is bundled', () => {
    const page = readFileSync(join(project, 'out/renderer/index.html'), 'utf8')
    const parts = Array.from(page.matchAll(/(?:src|href)="\.?\/?(assets\/[^"]+)"/g), ([, part]) => `out/renderer/${part}`)
    expect(parts.length).toBeGreaterThan(0)
    expect([...packed]).toEqual(expect.arrayContaining(['LICENSE', 'out/renderer/index.html', 'out/main/licenses.md', 'out/renderer/licenses.md', ...parts]))
    expect(readFileSync(join(project, 'out/main/licenses.md'), 'utf8')).toContain('## ldapts - ')
  })

  it('has nothing else: no sources, tests, documents, maps, nor what only a working copy starts', () => {
    const loaded = followImports([configuration.extraMetadata.main, 'out/main/serviceWorker.js', 'out/main/labWorker.js'])
    // What only the command line loads is in chunks, which it shares with the workers.
    const needless = [...packed].filter((path) => path.startsWith('out/main/') && !path.startsWith('out/main/chunks/') && !loaded.files.has(path))
    expect(needless).toEqual(['out/main/licenses.md'])
    expect([...packed].filter((path) => !/^(out\/(main|preload|renderer)|node_modules\/@napi-rs)\/|^(package\.json|LICENSE|resources\/icons\/guestbridge\.png)$/.test(path))).toEqual([])
    expect([...packed].filter((path) => path.endsWith('.map'))).toEqual([])
  })

  it('has an icon of its own for each platform, in the format of that platform', () => {
    const formats = { linux: 'PNG', win: '\0\0\x01\0', mac: 'icns' } as const
    for (const system of ['linux', 'win', 'mac'] as const) expect(readFileSync(join(projectFolder, configuration[system].icon), 'latin1').slice(0, 4), system).toContain(formats[system])
    expect(packed).toContain('resources/icons/guestbridge.png')
  })

  it('keeps native modules outside, because the system loads them from a file', () => {
    const native = [...packed].filter((path) => path.endsWith('.node'))
    expect(native).toEqual([expect.stringMatching(/^node_modules\/@napi-rs\/keyring-[\w-]+\/keyring\.[\w-]+\.node$/)])
    expect(native.every((path) => configuration.asarUnpack.some((pattern) => matchesGlob(path, pattern)))).toBe(true)
  })

  it('runs under fuses: no plain Node, no debugger, no code from outside of it', () => {
    expect(configuration.electronFuses).toEqual({
      runAsNode: false, enableNodeOptionsEnvironmentVariable: false, enableNodeCliInspectArguments: false, enableEmbeddedAsarIntegrityValidation: true, onlyLoadAppFromAsar: true,
      enableCookieEncryption: true, loadBrowserProcessSpecificV8Snapshot: false, grantFileProtocolExtraPrivileges: false,
    })
  })
})

describe('the build', () => {
  it('has modules for the main process, and one CommonJS file that loads Electron alone for the sandboxed preload', () => {
    expect(readImports(join(project, 'out/preload/index.cjs'))).toEqual(['electron'])
    expect(readFileSync(join(project, 'out/preload/index.cjs'), 'utf8')).not.toMatch(/^(import|export)\b/m)
    expect(readImports(join(project, configuration.extraMetadata.main))).toContain('electron')
    expect(globSync('out/preload/*', { cwd: project })).toEqual(['out/preload/index.cjs'])
  })

  it('bundles nothing that only developers install', () => {
    const { packages } = lockSchema.parse(JSON.parse(readFileSync(join(projectFolder, 'package-lock.json'), 'utf8')))
    const bundled = new Set(globSync('out/main/**/*.map', { cwd: project }).flatMap((map) => sourcesOf(join(project, map))).flatMap((source) => /.*(node_modules\/(?:@[^/]+\/)?[^/]+)/.exec(source)?.[1] ?? []))
    expect(bundled.size).toBeGreaterThan(20)
    expect([...bundled].filter((path) => packages[path]?.dev !== undefined)).toEqual([])
  })
})

describe('the dependencies of the package', () => {
  const imported = new Set(globSync('src/{main,shared,preload}/**/*.ts', { cwd: projectFolder }).flatMap((path) => readImports(join(projectFolder, path))).filter((specifier) => !specifier.startsWith('.') && !isBuiltin(specifier)).map(packageOf))

  it('are those that the application loads, each of them', () => {
    expect([...imported].filter((name) => name !== 'electron').toSorted()).toEqual(Object.keys(manifest.dependencies).toSorted())
  })

  it('have exact versions, those for development too', () => {
    expect(Object.entries({ ...manifest.dependencies, ...manifest.devDependencies }).filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([])
  })
})

const { platform, arch } = process
const architectures: Readonly<Record<string, number>> = { x64: 1, arm64: 3 }
const hasNode = platform !== 'darwin' && chooseNode({ platform, arch, folder: projectFolder, execPath: '', version: '0' }, existsSync).kind === 'found'
if (!hasNode) console.info(`Skipped: the command line of a package. There is no packaged Node for ${platform}-${arch}.`)

describe.skipIf(!hasNode)('the command line of a package', () => {
  let resources: string
  const pack = (electronPlatformName: string) => addCommandLine({ appOutDir: resources, electronPlatformName, arch: architectures[arch] ?? 0, packager: { projectDir: project, getResourcesDir: (folder) => folder } })
  beforeAll(async () => {
    resources = mkdtempSync(join(tmpdir(), 'guestbridge-resources-'))
    await pack(platform)
  })
  afterAll(() => rmSync(resources, { recursive: true }))

  it('runs a cycle on the lab with the Node beside it, wherever it is called from', async () => {
    const launcher = join(resources, 'commandLine', platform === 'win32' ? 'guestbridge.cmd' : 'guestbridge')
    const linked = join(resources, 'linked')
    symlinkSync(launcher, linked)
    // Nothing of the project is near: neither its Node nor its packages.
    const environment = { PATH: '/usr/bin:/bin', HOME: resources }
    const made = await runToEnd(linked, ['--workspace', join(resources, 'W'), 'init', '--lab'], { cwd: resources, environment })
    expect(made).toMatchObject({ exitCode: 0 })
    const cycle = await runToEnd(linked, ['--workspace', join(resources, 'W'), 'run', 'cycle', '--json'], { cwd: resources, environment })
    // A plan waits for its approval.
    expect(cycle).toMatchObject({ exitCode: 3, stdout: expect.stringContaining('"plan"') })
  })

  it('loads nothing that is not in it', () => {
    const folder = join(resources, 'commandLine')
    const loaded = followImports(['out/main/cli.js', 'out/main/labWorker.js'], folder)
    expect([...loaded.files].filter((path) => !existsSync(join(folder, path)))).toEqual([])
    expect([...loaded.packages]).toEqual(['@napi-rs/keyring'])
    expect(existsSync(join(folder, 'node_modules/@napi-rs/keyring/index.js'))).toBe(true)
    expect(globSync('**/*.{map,ts}', { cwd: folder })).toEqual([])
  })

  it('is refused where the Node of that platform is not installed', async () => {
    await expect(pack(platform === 'win32' ? 'linux' : 'win32')).rejects.toThrow('packages are made on the platform that they are for')
  })
})

function readCommented(name: string): unknown {
  const errors: ParseError[] = []
  const document: unknown = parse(readFileSync(join(projectFolder, name), 'utf8'), errors)
  expect(errors).toEqual([])
  return document
}

/** What the patterns are about: the rest of the project is excluded by the first of them. */
function listCandidates(folder: string): readonly string[] {
  return globSync(['package.json', 'LICENSE', 'resources/**', 'out/{main,preload,renderer}/**', 'node_modules/@napi-rs/**'], { cwd: folder, withFileTypes: true })
    .filter((entry) => entry.isFile()).map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
}

/** The last pattern that fits decides, as in electron-builder. */
function listPacked(folder: string): ReadonlySet<string> {
  return new Set(listCandidates(folder).filter((path) => configuration.files.findLast((pattern) => matchesGlob(path, pattern.replace(/^!/, '')))?.startsWith('!') === false))
}

/** Files, as paths in the folder, and packages that the entries load, and what those load. */
function followImports(entries: readonly string[], folder = project): { readonly files: ReadonlySet<string>; readonly packages: ReadonlySet<string> } {
  const files = new Set<string>()
  const packages = new Set<string>()
  const wanted = [...entries]
  for (let path = wanted.pop(); path !== undefined; path = wanted.pop()) {
    if (files.has(path)) continue
    files.add(path)
    for (const specifier of readImports(join(folder, path))) {
      if (specifier.startsWith('.')) wanted.push(relative(folder, resolve(folder, dirname(path), specifier)).replaceAll('\\', '/'))
      else if (!isBuiltin(specifier)) packages.add(packageOf(specifier))
    }
  }
  return { files, packages }
}

function sourcesOf(map: string): readonly string[] {
  return z.object({ sources: z.array(z.string()) }).parse(JSON.parse(readFileSync(map, 'utf8'))).sources
}
