import { expect, it } from 'vitest'
import { grpcMarksIn } from './grpc-marks.ts'
import { referredFiles } from './script-references.ts'

it('finds files named by imports, lists of chunks and pages, wherever they are served from', () => {
  const script = `import('./lazy-1a.js'); const deps = ["assets/page-2b.js"]; new Worker(new URL("/w.mjs", import.meta.url));
    self.__next_f.push([1,"static/chunks/\\"static/chunks/app-3c.js\\""]); load("https://cdn.example/x.js")`
  expect(referredFiles('/assets/main.js', script)).toEqual([
    '/assets/lazy-1a.js',
    '/assets/assets/page-2b.js',
    '/assets/page-2b.js',
    '/w.mjs',
    '/assets/static/chunks/app-3c.js',
    '/static/chunks/app-3c.js',
    '/_next/static/chunks/app-3c.js',
  ])
})

it("finds the chunks of webpack's table of names", () => {
  const table = `e=>"static/chunks/"+({12:"page"}[e]||e)+"."+{12:"ab12",34:"cd34"}[e]+".js"`
  const found = referredFiles('/_next/static/chunks/webpack-1.js', table)
  expect(found).toContain('/_next/static/chunks/34.cd34.js')
  expect(found).toContain('/_next/static/chunks/12.ab12.js')
})

it('tells code for gRPC from a text about it', () => {
  const prose = 'The gRPC SDK (@conduitplatform/grpc-sdk) speaks application/grpc; never ship it.'
  expect(grpcMarksIn(prose).length).toEqual(1)
  const code = `const h={"grpc-timeout":"1S","content-type":"application/grpc"},o={"grpc.keepalive_time_ms":1}`
  expect(grpcMarksIn(code)).toEqual([
    'channel options',
    'headers of the protocol',
    'its content type',
  ])
})
