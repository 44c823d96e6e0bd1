import { createServer, request as send, type IncomingMessage } from 'node:http'
import { start as startPlain } from './plain-bff.ts'
import { servedBefore } from './served-before.ts'

interface Ways {
  /** `POST /gateway/sign-in` and the route of the plain BFF that it stands for; a path that ends in `*` stands for all below it. */
  routes: Readonly<Record<string, string>>
  /** Pages and scripts, by path; `*` is what every other path shows. */
  pages?: Readonly<Record<string, string>>
  /** Turns the body of a login into that of the plain BFF's. */
  login?: (body: string) => string
  /** Turns the answer of a list. */
  list?: (body: string) => string
}

const page = (content: string) => `<!doctype html><html><body>${content}</body></html>`

/** BFFs whose routes look otherwise than most: what a probe has to find by itself. */
export const STRANGE = {
  'form login': {
    routes: {
      'POST /account/login': '/api/login',
      'POST /signout': '/api/logout',
      'GET /data/notes': '/api/posts',
      'POST /data/notes': '/api/posts',
    },
    pages: {
      '/': page('<a href="/account/login">come in</a> <a href="/desk">your notes</a>'),
      '/account/login': page(
        '<form method="post"><input type="email" name="user_email"><input type="password" name="user_pass"></form>',
      ),
      '/desk': page('<script>fetch("/data/notes")</script><form method="post" action="/signout">'),
    },
    login: (body) => {
      const form = new URLSearchParams(body)
      return JSON.stringify({ email: form.get('user_email'), password: form.get('user_pass') })
    },
  },
  'API under /bff/v1': {
    routes: {
      'POST /bff/v1/login': '/api/login',
      'POST /bff/v1/logout': '/api/logout',
      'GET /bff/v1/posts': '/api/posts',
      'POST /bff/v1/posts': '/api/posts',
      'GET /bff/v1/files/*': '/api/files/*',
    },
    list: (body) => JSON.stringify({ data: { entries: JSON.parse(body) as unknown } }),
  },
  'JSON with username': {
    routes: {
      'POST /api/v2/auth/login': '/api/login',
      'POST /api/v2/auth/logout': '/api/logout',
      'GET /api/v2/articles': '/api/posts',
      'POST /api/v2/articles': '/api/posts',
    },
    login: (body) => {
      const { username, password } = JSON.parse(body) as { username?: string; password?: string }
      return JSON.stringify({ email: username, password })
    },
  },
  'pages that are one script': {
    routes: {
      'POST /gateway/auth/enter': '/api/login',
      'POST /gateway/auth/leave': '/api/logout',
      'GET /gateway/stories': '/api/posts',
      'POST /gateway/stories': '/api/posts',
      'GET /gateway/attachments/*': '/api/files/*',
    },
    pages: {
      '/app.js':
        'post("/gateway/auth/enter",{email,password});get("/gateway/stories?page="+n);src=`/gateway/attachments/${id}/preview`',
      '*': page('<div id="root"></div><script src="/app.js"></script>'),
    },
  },
} satisfies Record<string, Ways>

export type StrangeName = keyof typeof STRANGE

/** Starts the plain BFF behind other routes. */
export async function startStrange(
  name: StrangeName,
  env: Record<string, string>,
): Promise<{ url: string; stop(): Promise<void> }> {
  const ways: Ways = STRANGE[name]
  const plain = await startPlain({ ...env, PORT: '0' })
  const server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      const path = (request.url ?? '/').split('?')[0] ?? '/'
      const to = routeOf(ways, `${request.method ?? ''} ${path}`)
      if (to === undefined) {
        const shown = ways.pages?.[path] ?? ways.pages?.['*']
        response
          .writeHead(shown === undefined || request.method !== 'GET' ? 404 : 200, {
            'content-type': path.endsWith('.js') ? 'text/javascript' : 'text/html',
          })
          .end(request.method === 'GET' ? shown : undefined)
        return
      }
      const sent = to === '/api/login' ? loginOf(ways, body) : body
      const { 'content-length': _, ...headers } = request.headers
      const onward = send(plain.url + to, { method: request.method, headers }, (came) => {
        void bodyOf(came).then((answer) => {
          const changed = to === '/api/posts' && request.method === 'GET' && came.statusCode === 200
          response
            .writeHead(came.statusCode ?? 502, came.headers)
            .end(changed ? (ways.list ?? String)(answer) : answer)
        })
      })
      onward.on('error', () => response.destroy())
      onward.end(sent)
    })
  })
  return servedBefore(server, plain)
}

function routeOf({ routes }: Ways, asked: string): string | undefined {
  const exact = routes[asked]
  if (exact !== undefined) return exact
  for (const [from, to] of Object.entries(routes))
    if (from.endsWith('*') && asked.startsWith(from.slice(0, -1)))
      return to.slice(0, -1) + asked.slice(from.length - 1)
  return undefined
}

function loginOf({ login }: Ways, body: string): string {
  try {
    return (login ?? String)(body)
  } catch {
    return body
  }
}

async function bodyOf(message: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of message) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}
