import { defineCheck } from '../../check.ts'
import type { FaultEffect } from 'mock-conduit'
import { headerOf, headersNamed, statusText } from '../../instruments/http-exchange.ts'
import { dataRoutes, isSuccess } from '../shared/answers.ts'

const CORS: FaultEffect = {
  addHeaders: {
    'Access-Control-Allow-Origin': '*',
    'Access-Control-Allow-Credentials': 'true',
    'Access-Control-Expose-Headers': 'X-Bffc',
  },
}
const FRAMES: readonly { about: string; effect: FaultEffect }[] = [
  {
    about: 'a Content-Length that is too short',
    effect: { addHeaders: { 'Content-Length': '7' } },
  },
]

export const proxy14 = defineCheck({
  id: 'PROXY-14',
  title: "The backend's CORS headers and framing stay between it and the BFF",
  level: 'MUST',
  profiles: ['core'],
  needs: { routes: ['login', 'list'] },
  dependsOn: [],
  requirement: ['RFC9112', 'NA0 4.7'],
  source: ['Conduit answers with CORS headers of its own'],
  mutants: ['relays-cors'],
  usualCauses: [
    "the headers of the backend's answer are copied",
    'Content-Length is copied although the body is written anew',
  ],
  async run(ctx) {
    const session = await ctx.signedIn()
    const routes = [...dataRoutes(ctx), ...(ctx.target.routes.me ? (['me'] as const) : [])]
    for (const route of routes) {
      const cors = await ctx.fault({
        operation: '*',
        user: session.user.id,
        times: null,
        effect: CORS,
      })
      const answer = await session.call(route, { headers: [['Origin', 'https://evil.test']] })
      const own = await session.call(route)
      const hits = await cors.hits()
      await cors.remove()
      if (hits > 0) ctx.witness(`${route}: the backend allows every origin`, hits > 0)
      for (const each of [answer, own])
        ctx.expect(
          `Access-Control-Allow-Origin of ${route}`,
          false,
          headersNamed(each.headers, 'access-control-allow-origin').includes('*'),
        )
    }
    for (const { about, effect } of FRAMES) {
      const fault = await ctx.fault({
        operation: '*',
        user: session.user.id,
        times: null,
        effect,
      })
      const answer = await session.call('list')
      ctx.witness(`the backend sends ${about}`, (await fault.hits()) > 0)
      await fault.remove()
      const declared = headerOf(answer.headers, 'content-length')
      ctx.require(
        `the framing of the answer when the backend sends ${about}`,
        answer.failure === undefined &&
          (declared === undefined || Number(declared) === answer.rawBody.length),
        { expected: 'a whole answer', got: statusText(answer) },
      )
    }
    const later = await session.call('list')
    ctx.aftermath.require('list afterwards', isSuccess(later), {
      expected: '2xx',
      got: statusText(later),
    })
  },
})
