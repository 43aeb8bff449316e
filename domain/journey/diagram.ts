import { isEnd, placeFacts, places, type Place } from './places.ts';
import { happyWayFrom, waitingPlaces, waysFrom } from './rules.ts';

function named(place: Place): string {
  return `${place}["${place}<br/>${placeFacts[place].vi}"]`;
}
function end(place: Place): string {
  return `${place}(["${place}<br/>${placeFacts[place].vi}"])`;
}

/**
 * The journey as a Mermaid flowchart, read off the table: thick arrows are the happy way, thin ones the side roads,
 * round boxes the ends.
 */
export function diagram(): string {
  return ['flowchart TD', ...waitingPlaces.flatMap(roadsFrom), `  ${places.filter(isEnd).map(end).join('; ')}`].join(
    '\n',
  );
}

function roadsFrom(place: Place): readonly string[] {
  const happy = happyWayFrom(place);
  const aside = waysFrom(place).filter((to) => to !== happy);
  return [`  ${named(place)} ==> ${happy}`, ...(aside.length > 0 ? [`  ${place} --> ${aside.join(' & ')}`] : [])];
}
