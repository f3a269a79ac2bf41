import { defineConfig } from 'vitest/config'
import { suites } from './scripts/suites/suites.mjs'

export default defineConfig({
  test: {
    projects: suites.map((suite) => ({
      test: {
        name: suite.name,
        environment: 'node' as const,
        include: [...suite.include],
        exclude: [...suite.exclude],
        maxWorkers: suite.workers,
        testTimeout: suite.timeout,
        hookTimeout: suite.timeout,
      },
    })),
  },
})
