import { Command, InvalidArgumentError, Option } from 'commander'

/** Flags as given; `undefined` where neither flag nor environment says anything. */
export interface CliOptions {
  world: string
  port?: number
  storagePort?: number
  host: string
  accessTtl?: number
  rotation?: 'strict' | 'racy' | 'family' | 'grace'
  rateLimits?: 'conduit' | 'off'
  mode?: 'production' | 'development'
  storage?: 's3' | 'local'
  schemas?: string
  endpoints?: string
  state?: string
  controlToken?: string
  json?: boolean
}

/** Parses the command line; every flag can also be given as `MOCK_CONDUIT_<NAME>`. Ends the process on `--help` and bad usage. */
export function parseCli(argv: readonly string[]): CliOptions {
  const program = new Command('mock-conduit')
    .description(
      "Conduit's Client REST API on this machine, with a control API and a console under /__mock/.",
    )
    .allowExcessArguments(false)
    .showHelpAfterError('Run mock-conduit --help for all options.')
  const option = (flags: string, description: string, refine?: (made: Option) => Option) => {
    const made = new Option(flags, description)
    made.env(`MOCK_CONDUIT_${made.name().replaceAll('-', '_').toUpperCase()}`)
    program.addOption(refine ? refine(made) : made)
  }
  const oneOf =
    (...values: string[]) =>
    (made: Option) =>
      made.choices(values)
  const asPort = (made: Option) => made.argParser(port)
  option('-w, --world <name>', 'fixture world, or a folder with a world.json', (made) =>
    made.default('blog'),
  )
  option('-p, --port <port>', 'of the Client API; 3000, or a free one if that is taken', asPort)
  option('--storage-port <port>', 'of the byte server; 3100, or a free one', asPort)
  option('--host <host>', 'address to bind to', (made) => made.default('127.0.0.1'))
  option('--access-ttl <time>', 'life of access tokens: 500ms, 60s, 15m, 1h', (made) =>
    made.argParser(duration),
  )
  option(
    '--rotation <mode>',
    'what a replayed refresh token does',
    oneOf('strict', 'racy', 'family', 'grace'),
  )
  option('--rate-limits <mode>', "the backend's limits, or none", oneOf('conduit', 'off'))
  option('--mode <mode>', 'development shows validation issues', oneOf('production', 'development'))
  option('--storage <dialect>', "byte server: Conduit's own, or like S3", oneOf('local', 's3'))
  option('--schemas <file>', 'export of GET /database/schemas/export')
  option('--endpoints <file>', 'export of GET /database/customEndpoints/export')
  option('--state <file>', 'export of GET /state/export')
  option('--control-token <token>', 'asked for in x-mock-token; needed when not bound to loopback')
  option('--json', 'print one line of JSON instead of a text')
  return program.parse(argv).opts<CliOptions>()
}

function port(text: string): number {
  const number = Number(text)
  if (Number.isInteger(number) && number >= 0 && number <= 65_535) return number
  throw new InvalidArgumentError('A port is a number from 0 (any free one) to 65535.')
}

const units: Record<string, number> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 }

function duration(text: string): number {
  const [, amount, unit = ''] = /^(\d+)(ms|s|m|h|d)$/.exec(text) ?? []
  const ms = Number(amount) * (units[unit] ?? Number.NaN)
  if (ms > 0) return ms
  throw new InvalidArgumentError('Give a number and a unit: 500ms, 60s, 15m, 1h, 7d.')
}
