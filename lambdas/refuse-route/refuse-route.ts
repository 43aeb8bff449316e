/**
 * The methods by which a path is served; none where nothing is.
 * @param routes as API Gateway writes them, `GET /v1/dossiers/{dossierId}`
 */
export function methodsAt(routes: readonly string[], path: string): readonly string[] {
  const asked = path.split('/');
  return routes.flatMap((route) => {
    const [method = '', served = ''] = route.split(' ');
    const parts = served.split('/');
    const fits =
      parts.length === asked.length &&
      parts.every((part, index) => part === asked[index] || (part.startsWith('{') && asked[index] !== ''));
    return fits ? [method] : [];
  });
}
