export { dynamoDeskCounter as deskCounter } from '../desk-counts.ts';
