import type { ResourceLimits } from 'node:worker_threads'

/**
 * Of the threads of the service. V8 lets the room of new objects grow to 48 MB and more, which half of it serves as well:
 * 20,000 guests synchronised took the same processor time and 340 in place of 400 MiB at the peak. No limit on old objects:
 * it would end the worker of a large tenant.
 */
export const workerLimits: ResourceLimits = { maxYoungGenerationSizeMb: 24 }
