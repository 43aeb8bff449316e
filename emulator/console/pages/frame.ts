import type { Clock } from '../../clock/clock.ts';
import { deskAddress, outboxAddress, root, switchesAddress } from '../addresses.ts';
import { html, type Fragment, type Html } from '../html.ts';
import { roughly, time } from '../words.ts';

/** All of a page: what is around `main` is the same everywhere. */
export function frame(clock: Clock, title: string, main: Fragment): Html {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · dossier-post</title>
<link rel="stylesheet" href="${root}assets/console.css">
<link rel="icon" href="data:,">
<script src="${root}assets/live.js" defer></script>
</head>
<body>
<a class="skip" href="#main">Skip to content</a>
<header class="top">
<p class="brand"><a href="${root}">dossier-post</a> <span>Step Functions on this machine</span> <a href="${deskAddress}">Ops desk</a> <a href="${outboxAddress}">Outbox</a> <a href="${switchesAddress}">Fault switches</a></p>
<p class="clock" id="clock" data-live>${clockLine(clock)}</p>
</header>
<main id="main" tabindex="-1">
${main}
</main>
</body>
</html>
`;
}

function clockLine(clock: Clock): Html {
  const ahead = clock.offsetMs < 1000 ? 'real time' : `${roughly(clock.offsetMs)} ahead of real time`;
  return html`<span class="clock-label">Clock</span> ${time(clock.now())} <span class="muted">Asia/Ho_Chi_Minh · ${ahead}</span>`;
}
