import { request } from 'undici'
import type { BackendCall } from '../conduit-http.ts'
import type { Parts } from '../services.ts'
import { wrappedBackend } from './wrapped-backend.ts'

/** What a client that follows redirects takes along. */
type Luggage = (
  call: BackendCall,
  bearer: string | undefined,
  status: number,
) => { method?: 'GET'; headers: Record<string, string>; body?: string }

const withToken: Luggage = (_, bearer) => ({
  headers: bearer === undefined ? {} : { authorization: `Bearer ${bearer}` },
})

/** The parts with calls that follow a redirect once, to wherever it leads, with their Authorization unless `luggage` says otherwise. */
export function followingRedirects(
  parts: Parts,
  isMeant: (call: BackendCall) => boolean,
  luggage: Luggage = withToken,
): Parts {
  return wrappedBackend(parts, (backend) => async (call, bearer) => {
    const answer = await backend(call, bearer)
    const to = answer.headers['location']
    if (!isMeant(call) || typeof to !== 'string') return answer
    const next = await request(to, {
      method: call.method,
      ...luggage(call, bearer, answer.status),
    })
    return { status: next.statusCode, text: await next.body.text(), headers: next.headers }
  })
}
