import { MessageChannel } from 'node:worker_threads'
import { portChannel } from '../../../src/main/hosts/worker/portChannel.ts'
import type { WindowService } from '../../../src/main/hosts/window/openWindowService.ts'
import { connect, type Caller } from '../../../src/shared/rpc/connect.ts'

export type TestWindow = Caller & { /** As a reload does. */ leave(): void }

/** A window on a service: one page load, connected over a real port. */
export function openTestWindow(service: WindowService): TestWindow {
  const { port1, port2 } = new MessageChannel()
  service.serve({ ...portChannel(port1), close: () => port1.close() })
  return { ...connect(portChannel(port2)), leave: () => port2.close() }
}
