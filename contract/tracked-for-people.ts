import type { ForPeople } from './operation.ts';
import type { Problem } from './problem.ts';
import type { Tracked } from './track-dossier.ts';
import type { TrackedInDetail } from './track-in-detail.ts';
import { trackingPage, trackingProblemPage } from './tracking-page.ts';
import { trackingProblemText, trackingText } from './tracking-text.ts';

interface Shown<Request> {
  answer(tracked: Tracked & Partial<TrackedInDetail>): string;
  problem(problem: Problem, request: Request | undefined): string;
}

/** How people are shown where a dossier is. @param typedIn the code as it was typed: it is kept where it is wrong */
export function forPeople<Request>(typedIn: (request: Request) => string): Readonly<Record<ForPeople, Shown<Request>>> {
  return {
    'text/html': {
      answer: trackingPage,
      problem: (problem, request) => trackingProblemPage(problem, request === undefined ? undefined : typedIn(request)),
    },
    'text/plain': { answer: trackingText, problem: trackingProblemText },
  };
}
