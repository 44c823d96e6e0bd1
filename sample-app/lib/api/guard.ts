import { env } from '@/lib/env'
import { AppError } from '@/lib/models/app-error'

/**
 * Refuses a state-changing request that another site may have caused: by Fetch Metadata, by Origin, and, when a client
 * sends neither, unless its content type is one that a form cannot have. Source: OWASP CSRF cheat sheet.
 */
export function refuseForeign(request: Request): void {
  const { headers } = request
  const site = headers.get('sec-fetch-site')
  const origin = headers.get('origin')
  if (site !== null && site !== 'same-origin') throw foreign()
  if (origin !== null && origin !== ownOrigin(request)) throw foreign()
  if (site === null && origin === null && !isJson(headers)) throw foreign()
}

export function requireJson(request: Request): void {
  if (!isJson(request.headers)) throw new AppError('UNSUPPORTED_TYPE', 'Send application/json.')
}

function isJson(headers: Headers): boolean {
  return headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() === 'application/json'
}

/** APP_ORIGIN; only a development server without one believes the Host header. */
function ownOrigin(request: Request): string {
  const { appOrigin } = env()
  return appOrigin ?? `http://${request.headers.get('host') ?? ''}`
}

function foreign(): AppError {
  return new AppError('FORBIDDEN', 'This request did not come from this site.')
}
