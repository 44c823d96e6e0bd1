import { request } from 'undici'
import type { BackendCall } from '../conduit-http.ts'
import type { Parts } from '../services.ts'

/** The parts with calls that follow a redirect once, to wherever it leads, with their Authorization. */
export function followingRedirects(parts: Parts, isMeant: (call: BackendCall) => boolean): Parts {
  return {
    ...parts,
    http: (services) => {
      const http = parts.http(services)
      return {
        ...http,
        async backend(call, bearer) {
          const answer = await http.backend(call, bearer)
          const to = answer.headers['location']
          if (!isMeant(call) || typeof to !== 'string') return answer
          const next = await request(to, {
            method: call.method,
            headers: bearer === undefined ? {} : { authorization: `Bearer ${bearer}` },
          })
          return { status: next.statusCode, text: await next.body.text(), headers: next.headers }
        },
      }
    },
  }
}
