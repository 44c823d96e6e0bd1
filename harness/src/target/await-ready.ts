import { openExchange, type Exchange, type HeaderList } from '../instruments/http-exchange.ts'
import { until } from '../instruments/settle.ts'
import { lastLines, setupText, type SetupFacts } from '../setup-text.ts'
import { Interrupted, SetupProblem } from '../verdict/outcome-errors.ts'
import { listeningPorts } from './listening-ports.ts'
import type { Running } from './running-instance.ts'
import type { Target } from './schema.ts'
import { speaksTls } from './speaks-tls.ts'

/** What is waited for. */
export interface Waiting {
  label: string
  target: Target
  /** The command and its folder, for messages. */
  command: string | undefined
  signal?: AbortSignal | undefined
  onWait?: ((text: string) => void) | undefined
}

/** After this it is looked at why nothing answers, and again after the same time. */
const PATIENCE_MS = 5000

/** Waits until an instance answers; start-up is the one step that may poll: nothing else tells that a process listens. Throws `SetupProblem`. */
export async function awaitReady(instance: Running, waiting: Waiting, pid?: number): Promise<void> {
  const { target, label, signal, onWait } = waiting
  const { ready } = target.start
  const begun = performance.now()
  let last: Exchange | undefined
  let hopeless: SetupFacts | undefined
  const firstLook = begun + Math.min(PATIENCE_MS, ready.within / 2)
  let look = firstLook
  await until(
    ready.within,
    async () => {
      if (signal?.aborted || instance.exited() !== undefined) return true
      last = await firstAnswer(instance, target)
      if (isReady(last, target)) return true
      if (performance.now() < look) return false
      hopeless = await misplaced(instance, waiting, pid)
      if (!hopeless && look === firstLook) onWait?.(stillWaiting(instance, waiting, last))
      look = performance.now() + PATIENCE_MS
      return hopeless !== undefined
    },
    50,
  )
  if (signal?.aborted) {
    await instance.stop()
    throw new Interrupted()
  }
  const ended = instance.exited()
  if (ended === undefined && last && isReady(last, target)) return
  const facts =
    ended === undefined
      ? (hopeless ?? notReady(instance, waiting, last))
      : endedFacts(ended, instance, label)
  await instance.stop()
  throw new SetupProblem(
    setupText({
      sent: target.start.urls ? undefined : waiting.command,
      printed: target.start.urls ? undefined : lastLines(instance.output()) || '(nothing)',
      ...facts,
    }),
  )
}

const isReady = (answer: Exchange, { start }: Target) =>
  answer.failure === undefined && (start.ready.status?.includes(answer.status) ?? true)

const saw = ({ failure, cause, status }: Exchange) =>
  failure === undefined
    ? `status ${status}`
    : `${failure}${cause === undefined ? '' : ` (${cause})`}`

const stillWaiting = (instance: Running, { label, target }: Waiting, last: Exchange) =>
  `${label} is not ready yet: GET ${instance.url}${target.start.ready.get} → ${saw(last)}; waiting for up to ${target.start.ready.within / 1000} s (start.ready.within). ${lastLines(instance.output(), 1)}`.trim()

function endedFacts(how: string, instance: Running, label: string): SetupFacts {
  const printed = instance.output()
  const problem = `start.command of ${label} ended (${how}) before it was ready.`
  if (/EADDRINUSE|address already in use/i.test(printed))
    return {
      problem,
      change:
        'The port is taken: the BFF must listen on {{port}}, which start.env gives it, on no port of its own, also not for other purposes; each instance gets another.',
    }
  if (how === 'code 127' || how === 'code 126')
    return {
      problem,
      change: 'The shell does not find the program: correct start.command, or start.cwd.',
    }
  return {
    problem,
    change: 'Correct start.command or start.cwd, or add what the BFF asks for to start.env.',
  }
}

function notReady(
  instance: Running,
  { label, target }: Waiting,
  last: Exchange | undefined,
): SetupFacts {
  const { ready, urls } = target.start
  const got = last === undefined ? 'nothing' : saw(last)
  const facts = {
    problem: `${label} was not ready within ${ready.within / 1000} s.`,
    got: `GET ${instance.url}${ready.get} → ${got}`,
  }
  if (last && last.failure === undefined)
    return {
      ...facts,
      change: `start.ready wants status ${ready.status?.join(' or ') ?? 'of any kind'}: correct start.ready.get or start.ready.status.`,
    }
  if (last?.cause !== undefined && /CERT|SELF_SIGNED|ALTNAME|UNABLE_TO_/i.test(last.cause))
    return {
      ...facts,
      change:
        'Its certificate is not trusted: give the http address of the BFF in start.urls (the harness stands in for the TLS edge), or the CA in NODE_EXTRA_CA_CERTS.',
    }
  if (urls)
    return {
      ...facts,
      change: 'Start the BFF, or correct start.urls; start.ready.within says how long to wait.',
    }
  return {
    ...facts,
    change:
      'Correct start.command; the variable with {{port}} in start.env must be the one that the BFF reads; it must listen on 127.0.0.1 or localhost; start.ready.within says how long to wait.',
  }
}

/** What no further waiting mends: another port, or TLS where the harness speaks HTTP. */
async function misplaced(
  instance: Running,
  { label, target }: Waiting,
  pid: number | undefined,
): Promise<SetupFacts | undefined> {
  const url = new URL(instance.url)
  if (url.protocol === 'http:' && (await speaksTls(url.hostname, Number(url.port || 80))))
    return {
      problem: `${label} speaks TLS on port ${url.port}.`,
      got: `GET ${instance.url}${target.start.ready.get} → no HTTP`,
      change:
        'Let the BFF speak plain HTTP here (start.env, start.command): the harness stands in for the TLS edge before it, with Host and X-Forwarded-Proto.',
    }
  if (pid === undefined) return undefined
  const ports = await listeningPorts(pid)
  if (ports.includes(Number(url.port))) return undefined
  for (const port of ports) {
    const answer = await firstAnswer({ ...instance, url: `http://127.0.0.1:${port}` }, target)
    if (answer.failure !== undefined || answer.status >= 400 || !isReady(answer, target)) continue
    return {
      problem: `${label} listens on port ${port}, not on ${url.port}.`,
      got: `GET http://127.0.0.1:${port}${target.start.ready.get} → ${saw(answer)}`,
      change:
        'The variable with {{port}} in start.env must be the one that the BFF reads its port from; or start.command must pass it on.',
    }
  }
  return undefined
}

/** A process told to listen on `localhost` may have taken the IPv6 loopback only; the address that answers is kept. */
async function firstAnswer(instance: Running, target: Target): Promise<Exchange> {
  const host = new URL(target.origin ?? instance.url).host
  const headers: HeaderList = [
    ['Host', host],
    ['Connection', 'close'],
  ]
  const ask = (url: string) =>
    openExchange(url, { method: 'GET', path: target.start.ready.get, headers }, 10_000).done
  const answer = await ask(instance.url)
  if (answer.failure === undefined || !instance.url.includes('127.0.0.1')) return answer
  const overIpv6 = instance.url.replace('127.0.0.1', '[::1]')
  const other = await ask(overIpv6)
  if (other.failure !== undefined) return answer
  instance.url = overIpv6
  return other
}
