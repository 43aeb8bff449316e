type Headers = Readonly<Record<string, string>>;

/** TLS alone for two years; no guessing of types, no address handed on, nothing embedded by another site's page. */
const always: Headers = {
  'strict-transport-security': 'max-age=63072000; includeSubDomains',
  'x-content-type-options': 'nosniff',
  // For browsers that do not know frame-ancestors.
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  // Pages that CORS lets in ask in its mode, which this does not concern.
  'cross-origin-resource-policy': 'same-origin',
};

/** Data is no page: opened as one, it does nothing. */
const ofData: Headers = { 'content-security-policy': "default-src 'none'; frame-ancestors 'none'" };

/** A page may style itself and ask us, and nothing else: no script, no picture, no frame, nothing from elsewhere. */
const ofPages: Headers = {
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
};

/**
 * The headers of an answer of ours, with what tells browsers to trust it with no more than it needs.
 * @param own wins where it says something else
 */
export function withSecurityHeaders(own: Headers): Headers {
  return { ...always, ...(own['content-type']?.startsWith('text/html') === true ? ofPages : ofData), ...own };
}
