import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** In an order in which each finds what it imports; they become one script. */
const modules = [
  'control-call.js',
  'page-elements.js',
  'world-clock.js',
  'users-panel.js',
  'data-panels.js',
  'armed-panels.js',
  'journal-panel.js',
  'main.js',
]

/** The page for people at `/__mock/`: one self-contained file that speaks to the control API of the world it is served from. */
export function consolePage(): Response {
  const style = read('page.css')
  const script = modules.map((name) => withoutModuleSyntax(read(name))).join('\n')
  const html = read('page.html')
    .replace(/\s*\/\* page\.css \*\/\s*/, () => style)
    .replace(/\s*\/\* modules \*\/\s*/, () => script)
  return new Response(html, { headers: headersFor(style, script) })
}

/** Only this style and this script may run, and they may speak to this mock only. */
function headersFor(style: string, script: string): Record<string, string> {
  const policy = [
    "default-src 'none'",
    `style-src ${sourceHash(style)}`,
    `script-src ${sourceHash(script)}`,
    "connect-src 'self'",
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ]
  return {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': policy.join('; '),
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
  }
}

function sourceHash(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`
}

function withoutModuleSyntax(source: string): string {
  return source.replace(/^import [^;]*? from '\.\/[\w-]+\.js'$/gm, '').replace(/^export /gm, '')
}

function read(name: string): string {
  return readFileSync(join(import.meta.dirname, name), 'utf8')
}
