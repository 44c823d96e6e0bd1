import { headerOf, type Exchange } from './instruments/http-exchange.ts'

/** What to look at in the target file when a declared route was not accepted. */
export function setupHint(answer: Exchange, route: string): string {
  const { status, failure, call } = answer
  const origin = headerOf(call.headers, 'origin')
  if (failure !== undefined)
    return 'The answer was not whole: read what the BFF printed, and whether it waits for a backend that start.env does not name.'
  if (status === 404 || status === 405)
    return `Nothing is there: correct the method and path of routes.${route}.`
  if (status === 403)
    return `It takes the request for forged or forbidden: declare session.csrf, or origin (sent ${origin === undefined ? 'no Origin' : `Origin: ${origin}`}).`
  if (status === 400 || status === 415 || status === 422)
    return `It does not like the body: correct json or form of routes.${route}, and the names of the fields.`
  if (status === 401)
    return route === 'login'
      ? "It does not know the user: the backend URL's variable in start.env must be the one the BFF reads, and routes.login must carry {{user.email}} and {{user.password}}."
      : 'It does not know the session: check session.cookie, and whether the login sets a cookie that is sent back.'
  if (status >= 500)
    return 'It broke: read what it printed; the variables of backend, Redis and secrets in start.env must be the ones the BFF reads.'
  return `Check routes.${route} and session.csrf.`
}
