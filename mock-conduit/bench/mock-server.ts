import { readWorld, type WorldDefinition } from '@conduit-bff/fixtures'
import { startMockConduit } from 'mock-conduit'

/** The mock as it is published, with the blog world and as many posts as asked (argv), limits lifted. Prints one line when it listens. */
const count = Number(process.argv[2] ?? 1_000)
const blog = readWorld('blog')
const author = 'a11ce000-0000-4000-8000-000000000001'
const readers = Math.max(1, Math.round(count / 60))
const posts = Array.from({ length: count }, (_, n) => ({
  title: `Post ${n} of the bench`,
  body: 'It took longer than I thought, and I would do it again, as far as anybody can tell.',
  status: 'published',
  tags: ['bench', 'post'],
  views: n % 500,
  published: true,
  author:
    n % readers === 0 ? author : `b0b00000-0000-4000-8000-${String(n % readers).padStart(12, '0')}`,
}))
const world: WorldDefinition = { ...blog, documents: { ...blog.documents, Post: posts } }
const mock = await startMockConduit({ world, options: { rateLimits: 'off' } })
console.log(JSON.stringify({ url: mock.url }))
