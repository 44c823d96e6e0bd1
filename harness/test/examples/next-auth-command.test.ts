import { expectExample } from './expect-example.ts'

expectExample('next-auth-command')
