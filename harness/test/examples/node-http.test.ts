import { expectExample } from './expect-example.ts'

expectExample('node-http')
