import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from 'playwright'
import { projectFolder } from '../preparation/projectFolder.mjs'

// `node scripts/packaging/renderIcons.mjs`, after a change of the drawing: the icons of every platform. They are kept,
// because electron-builder fetches the program that would make them from elsewhere.
const folder = join(projectFolder, 'resources', 'icons')
const drawing = readFileSync(join(folder, 'guestbridge.svg'), 'utf8')
const images = await render([16, 24, 32, 48, 64, 128, 256, 512, 1024])
const of = (/** @type {number} */ size) => images.get(size) ?? Buffer.alloc(0)
writeFileSync(join(folder, 'guestbridge.png'), of(512))
writeFileSync(join(folder, 'guestbridge.ico'), writeIco([16, 24, 32, 48, 64, 256]))
writeFileSync(join(folder, 'guestbridge.icns'), writeIcns({ ic07: 128, ic08: 256, ic09: 512, ic10: 1024 }))

/**
 * @param {readonly number[]} sizes
 * @returns {Promise<ReadonlyMap<number, Buffer>>} PNG images
 */
async function render(sizes) {
  const browser = await chromium.launch({ executablePath: process.env['GUESTBRIDGE_BROWSER'] ?? '/usr/bin/chromium', args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] })
  const page = await browser.newPage()
  const rendered = new Map()
  for (const size of sizes) {
    await page.setViewportSize({ width: size, height: size })
    await page.setContent(`<body style="margin:0">${drawing.replace('<svg ', `<svg width="${size}" height="${size}" style="display:block" `)}`)
    rendered.set(size, await page.screenshot({ omitBackground: true }))
  }
  await browser.close()
  return rendered
}

/**
 * ICONDIR, an ICONDIRENTRY for each image, then the images as PNG, which Windows reads since Vista.
 *
 * @param {readonly number[]} sizes up to 256
 * @returns {Buffer}
 */
function writeIco(sizes) {
  const directory = Buffer.alloc(6 + 16 * sizes.length)
  directory.writeUInt16LE(1, 2)
  directory.writeUInt16LE(sizes.length, 4)
  let offset = directory.length
  for (const [index, size] of sizes.entries()) {
    const at = 6 + 16 * index
    // One octet each, in which 256 is 0.
    directory.writeUInt8(size % 256, at)
    directory.writeUInt8(size % 256, at + 1)
    directory.writeUInt16LE(1, at + 4)
    directory.writeUInt16LE(32, at + 6)
    directory.writeUInt32LE(of(size).length, at + 8)
    directory.writeUInt32LE(offset, at + 12)
    offset += of(size).length
  }
  return Buffer.concat([directory, ...sizes.map(of)])
}

/**
 * 'icns', the length of all, then type, length and PNG of each image.
 *
 * @param {Readonly<Record<string, number>>} types
 * @returns {Buffer}
 */
function writeIcns(types) {
  const parts = Object.entries(types).map(([type, size]) => withHeader(type, of(size)))
  return withHeader('icns', Buffer.concat(parts))
}

/**
 * @param {string} type four letters
 * @param {Buffer} content
 * @returns {Buffer}
 */
function withHeader(type, content) {
  const header = Buffer.alloc(8)
  header.write(type, 'latin1')
  header.writeUInt32BE(8 + content.length, 4)
  return Buffer.concat([header, content])
}
