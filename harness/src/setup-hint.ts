import { headerOf, type Exchange } from './instruments/http-exchange.ts'
import { missingProof } from './missing-proof.ts'
import type { Target } from './target/schema.ts'
import { mentions } from './target/template.ts'

/** What a declared route was seen to do, beside its answer. */
export interface HintFacts {
  target: Target
  /** Operations that reached the backend meanwhile; undefined when that was not looked at. */
  upstream?: readonly string[] | undefined
  /** The requests of the browser so far, the oldest first. */
  exchanges?: readonly Exchange[]
}

/** What to look at in the target file when a declared route was not accepted. */
export function setupHint(answer: Exchange, route: string, facts: HintFacts): string {
  const { status, failure } = answer
  if (failure === 'no answer in time')
    return 'The BFF let the harness wait: look at what it waits for (backend, Redis), and at policy.deadline.'
  if (failure !== undefined)
    return 'The answer was not whole: read what the BFF printed, and whether it waits for a backend that start.env does not name.'
  if (status === 404) return `Nothing is there: correct the path of routes.${route}.`
  if (status === 405) return otherMethod(answer, route)
  if (status === 403) return forgedHint(answer, facts)
  if (status === 400 || status === 415 || status === 422)
    return `It does not like the body: correct json or form of routes.${route}, and the names of the fields.`
  if (status === 429)
    return 'It counts requests: raise the limit of the BFF for runs of the harness in start.env.'
  if (status === 401) return route === 'login' ? unknownUser(facts) : UNKNOWN_SESSION
  if (status >= 500) return brokeHint(route, facts)
  return `Check routes.${route} and session.csrf.`
}

const UNKNOWN_SESSION =
  'It does not know the session: the login must set a cookie that is sent back to this path, and the BFF must find the session where it put it.'

function otherMethod({ headers, call }: Exchange, route: string): string {
  const allowed = headerOf(headers, 'allow')
  return allowed === undefined
    ? `It does not take ${call.method} there: correct the method of routes.${route}.`
    : `It does not take ${call.method} there but ${allowed}: correct the method of routes.${route}.`
}

function forgedHint(answer: Exchange, { target, exchanges = [] }: HintFacts): string {
  const missing = missingProof(target.session.csrf, exchanges)
  if (missing !== undefined) return missing
  const origin = headerOf(answer.call.headers, 'origin')
  const sent = origin === undefined ? 'no Origin' : `Origin: ${origin}`
  return `It takes the request for forged or forbidden: declare ${target.session.csrf === 'none' ? 'session.csrf (now none)' : 'another session.csrf'}, or origin (sent ${sent}).`
}

const unknownUser = (facts: HintFacts) =>
  facts.upstream?.length === 0
    ? noBackend(facts.target)
    : "It does not know the user: routes.login must carry {{user.email}} and {{user.password}} in the fields that the BFF reads, and the backend URL's variable in start.env must be the one it reads."

function brokeHint(route: string, { target, upstream }: HintFacts): string {
  if (route === 'login' && upstream?.length === 0) return noBackend(target)
  if (route === 'login' && upstream !== undefined) return noStore(target)
  if (route === 'preview' && upstream?.some(resolves) && !upstream.some(readsBytes))
    return target.start.urls
      ? `It has the URL of the file but does not fetch it: when it takes files from a list of hosts, start.storagePort must be a port of 127.0.0.1 that is on it (now ${target.start.storagePort ?? 'any free one'}).`
      : `It has the URL of the file but does not fetch it: when it takes files from a list of hosts, give it {{storage.url}} in start.env${namesOf(target, 'storage.url')}.`
  return 'It broke: read what it printed; the variables of backend, storage, Redis and secrets in start.env must be the ones the BFF reads.'
}

const resolves = (operation: string) => operation.includes('/storage/getFileUrl')
const readsBytes = (operation: string) => operation.includes('@storage')

/** Which key tells the target where its backend is, when it called none. */
export function noBackend(target: Target): string {
  const { urls, backendPorts, env } = target.start
  if (urls)
    return backendPorts === undefined
      ? 'The BFF called another backend than the harness: give start.backendPorts, the port of 127.0.0.1 where it expects its backend.'
      : `The BFF called no backend of the harness: it must expect it on port ${backendPorts.join(', ')} of 127.0.0.1 (start.backendPorts).`
  return mentions(env, 'backend.url')
    ? `The BFF called no backend of the harness: it reads another variable than the one with {{backend.url}}${namesOf(target, 'backend.url')} in start.env.`
    : 'The BFF called no backend of the harness: start.env gives {{backend.url}} to no variable; give it to the one that the BFF reads.'
}

function noStore(target: Target): string {
  if (target.start.urls)
    return 'The backend signed the user in and then the BFF broke: look at the store of its sessions, and at what it printed.'
  return mentions(target.start.env, 'vault.url')
    ? `The backend signed the user in and then the BFF broke: when that is its store, the variable with {{vault.url}}${namesOf(target, 'vault.url')} in start.env must be the one it reads.`
    : 'The backend signed the user in and then the BFF broke: when it keeps sessions in Redis, give it {{vault.url}} in start.env.'
}

/** ` (now CONDUIT_URL)`: the variables that hold a template. */
function namesOf({ start }: Target, template: string): string {
  const names = Object.keys(start.env).filter((name) => mentions(start.env[name] ?? '', template))
  return names.length === 0 ? '' : ` (now ${names.join(', ')})`
}
