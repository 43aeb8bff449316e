import { root } from '../console/addresses.ts';
import { html, type Fragment, type Html } from '../console/html.ts';
import type { AuthorizeRequest } from './authorize-request.ts';
import type { Person } from './issuer.ts';

/** What is needed to go on from here is in the address, as on Cognito's own page. */
export function loginPage(
  { client, scopes, redirectUri }: AuthorizeRequest,
  people: readonly Person[],
  address: string,
  problem?: string,
): Html {
  return frame(
    'Sign in',
    html`<h1>Sign in</h1>
<p>This page stands in for Amazon Cognito’s sign-in page on this machine. It knows no passwords: whoever sits here may be anybody. On AWS this address asks for a password, and for a one-time code where the user pool demands one.</p>
<p>The application <code>${client.name}</code> asks for <code>${scopes.join(' ')}</code>, and hears of it at <code>${redirectUri}</code>.</p>
${problem !== undefined && html`<p role="alert"><strong>${problem}</strong></p>`}
${
  people.length > 0 &&
  html`<form method="post" action="${address}">
<fieldset><legend>As one of the practice accounts</legend>
${people.map(({ username, groups }) => html`<p><button class="button" name="person" value="${username}">${username}</button>${groups.join(' ') !== username && html` ${groups.join(' ')}`}</p>`)}
</fieldset>
</form>`
}
<form method="post" action="${address}">
<fieldset><legend>As somebody else</legend>
<p class="field"><label for="username">Name</label> <input id="username" name="username" required maxlength="128" autocomplete="off"></p>
<p class="field"><label for="groups">Groups, with a space between them</label> <input id="groups" name="groups" maxlength="1000" autocomplete="off"></p>
<p><button class="button">Sign in</button></p>
</fieldset>
</form>`,
  );
}

/** Cognito’s own words, and what they mean. */
export function errorPage(error: string): Html {
  return frame(
    'Error',
    html`<h1>An error was encountered with the requested page.</h1>
<p><code>${error}</code></p>
<p>${meanings.get(error)}</p>`,
  );
}

const meanings = new Map([
  ['invalid_client', 'The template has no user pool client of that client_id.'],
  ['redirect_mismatch', 'The address is not among those that the template registers for this client, to the letter.'],
]);

function frame(title: string, main: Fragment): Html {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · stand-in for Amazon Cognito</title>
<link rel="stylesheet" href="${root}assets/console.css">
<link rel="icon" href="data:,">
</head>
<body>
<main id="main">
${main}
</main>
</body>
</html>
`;
}
