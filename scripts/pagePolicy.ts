/**
 * The headers the page is served with and the policy it carries. Isolation headers make the page cross-origin isolated
 * (shared memory for columns and kernel threads); the policy is also a meta tag, for hosts that set no headers.
 */
import type { Plugin } from 'vite';

export const contentSecurityPolicy = [
  "default-src 'self'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "connect-src 'self' https:",
].join('; ');

export const isolationHeaders = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

/** Adds the policy as the first tag of the built page; the dev server needs inline scripts for hot reload. */
export function policyMetaPlugin(): Plugin {
  return {
    name: 'graphwright-content-security-policy',
    apply: 'build',
    transformIndexHtml: () => [
      {
        tag: 'meta',
        attrs: { 'http-equiv': 'Content-Security-Policy', content: contentSecurityPolicy },
        injectTo: 'head-prepend',
      },
    ],
  };
}
