#!/usr/bin/env node
import { readWorld } from '@conduit-bff/fixtures'
import { banner, unusedText } from './cli-banner.ts'
import { type CliOptions, parseCli } from './cli-options.ts'
import { withExports } from './import/export-files.ts'
import { importReport } from './import/import-report.ts'
import { type MockOptions, type RunningMock, startMockConduit } from './index.ts'
import { PortTaken } from './node.ts'

async function run(cli: CliOptions): Promise<void> {
  const { world, notes } = withExports(readWorld(cli.world), cli)
  if (notes.length > 0) console.error(importReport(notes))
  const mock = await start(cli, { ...mockOptionsOf(cli), world })
  const { url, storageUrl } = mock
  if (cli.json) console.log(JSON.stringify({ url, storageUrl, pid: process.pid }))
  else console.log(banner(mock, world))
  // The first control call loads its half of the mock; a person should not wait for that.
  void mock.control.clock().catch(() => undefined)
  const stop = async () => {
    const text = await unusedText(mock).catch(() => '')
    if (text && !cli.json) console.log(text)
    await mock.stop()
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void stop().then(() => process.exit(0)))
}

/** A default port that is taken gives way to a free one; one that was asked for does not. */
async function start(cli: CliOptions, options: MockOptions): Promise<RunningMock> {
  const ports = { port: cli.port ?? 3000, storagePort: cli.storagePort ?? 3100 }
  for (;;) {
    try {
      return await startMockConduit({ ...options, ...ports })
    } catch (error) {
      if (!(error instanceof PortTaken)) throw error
      if (cli.port === undefined && error.port === ports.port) ports.port = 0
      else if (cli.storagePort === undefined && error.port === ports.storagePort)
        ports.storagePort = 0
      else throw error
    }
  }
}

function mockOptionsOf({ host, accessTtl, controlToken, ...cli }: CliOptions): MockOptions {
  const { rotation, rateLimits, mode, storage } = cli
  return {
    host,
    ...(accessTtl === undefined ? {} : { accessTtlMs: accessTtl }),
    ...(controlToken === undefined ? {} : { controlToken }),
    options: {
      ...(rotation ? { rotation } : {}),
      ...(rateLimits ? { rateLimits } : {}),
      ...(mode ? { mode } : {}),
      ...(storage ? { storage: { dialect: storage } } : {}),
    },
  }
}

try {
  await run(parseCli(process.argv))
} catch (error) {
  console.error(`mock-conduit: ${error instanceof Error ? error.message : String(error)}`)
  process.exitCode = 1
}
