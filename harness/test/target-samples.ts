import type { TargetInput } from '../src/target/schema.ts'

/** The smallest complete target, for tests. */
export const minimalTarget: TargetInput = {
  target: 'sample',
  start: { command: 'node server.js', env: { PORT: '{{port}}', CONDUIT_URL: '{{backend.url}}' } },
  routes: {
    login: { POST: '/api/login', json: { email: '{{user.email}}', password: '{{user.password}}' } },
    logout: { POST: '/api/logout' },
    list: { GET: '/api/posts', items: '$.documents' },
    create: { POST: '/api/posts', json: { title: '{{nonce}}' } },
    preview: { GET: '/api/files/{{id}}/preview' },
  },
}
