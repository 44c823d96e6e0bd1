import { expectExample } from './expect-example.ts'

expectExample('proactive-refresh')
