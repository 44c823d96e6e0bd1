import { defineCheck } from '../../check.ts'
import type { BrowserRequest } from '../../instruments/chromium/profile.ts'
import { commonJourney } from '../shared/common-journey.ts'

export const rules03 = defineCheck({
  id: 'RULES-03',
  title: 'The browser never talks to the backend itself, by whatever protocol',
  level: 'MUST',
  profiles: ['conduit', 'browser'],
  needs: { routes: ['login', 'list'], pages: true, browser: true },
  dependsOn: [],
  requirement: ['project rule'],
  source: ['Conduit listens for REST, GraphQL and sockets on ports of its own'],
  mutants: ['browser-calls-backend'],
  usualCauses: [
    'a client SDK of the backend is used in the browser',
    "the backend's address is in the configuration of the client",
    'a socket is opened beside the BFF',
  ],
  async run(ctx) {
    const { requests } = await commonJourney(ctx)
    const hosts = new Set(
      [...ctx.backend.urls, ctx.backend.storageUrl, ctx.admin.url].map((url) => new URL(url).host),
    )
    ctx.expect(
      'requests to the backend',
      [],
      requests.filter(({ url }) => hosts.has(hostOf(url))).map(shown),
    )
    ctx.expect('gRPC calls', [], requests.filter(isGrpc).map(shown))
  },
})

const hostOf = (url: string) => (URL.canParse(url) ? new URL(url).host : '')

const isGrpc = ({ headers }: BrowserRequest) =>
  /^application\/grpc/i.test(headers['content-type'] ?? '') || headers['x-grpc-web'] !== undefined

const shown = ({ type, method, url }: BrowserRequest) => `${type} ${method} ${url}`
