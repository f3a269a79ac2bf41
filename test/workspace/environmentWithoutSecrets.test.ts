import { expect, it } from 'vitest'
import { knownSecrets } from '../../src/main/workspace/knownSecrets.ts'
import { environmentWithoutSecrets } from '../../src/main/workspace/environmentWithoutSecrets.ts'

it('programs that are started get no secret of ours, and everything else', () => {
  const secrets = [...Object.values(knownSecrets).map(({ variable }) => variable), 'GUESTBRIDGE_ADMINISTRATOR_PASSWORD', 'guestbridge_ad_password']
  const others = { PATH: '/usr/bin', GUESTBRIDGE_BROWSER: 'chromium', XDG_RUNTIME_DIR: '/run/user/0', PASSWORD_STORE_DIR: '/pass' }
  expect(environmentWithoutSecrets({ ...Object.fromEntries(secrets.map((name) => [name, 'hidden'])), ...others })).toEqual(others)
})
