import { expectExample } from './expect-example.ts'

expectExample('fastify')
