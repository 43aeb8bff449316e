import type { Identity, Place } from './identity.ts';
import { noValue, resolve, resolveCondition, type Scope } from './intrinsics.ts';
import { isObject, type Json, type JsonObject } from './json.ts';
import { cannotRun, TemplateProblem } from './problem.ts';
import { identifierOf, isBooted, whyInert, type BootedType } from './resource-types.ts';
import type { Assembly, Template } from './read-assembly.ts';

/** A resource that the local cloud runs, with every reference in its properties resolved. */
export interface Resource extends Identity {
  readonly logicalId: string;
  readonly type: BootedType;
  readonly properties: JsonObject;
}

export interface InertResource {
  readonly logicalId: string;
  readonly type: string;
  readonly reason: string;
}

export interface Stack extends Place {
  /** Path of the template file, for messages. */
  readonly templateFile: string;
  readonly inert: readonly InertResource[];
  /** The resources of these types, in the template's order. */
  ofType(...types: readonly BootedType[]): readonly Resource[];
  /** The folder with the files of an asset, by its key in the bootstrap bucket (`<hash>.zip`). */
  assetFolder(key: string): string;
}

/** Every resource of a type that is not known, told at once: whoever brings a template mends it in one go. */
function refuseUnknown({ Resources }: Template, templateFile: string, scope: Scope): void {
  const unknown = Object.entries(Resources)
    .filter(([, { Type: type }]) => !isBooted(type) && whyInert(type) === undefined)
    .filter(([, { Condition }]) => Condition === undefined || scope.condition(Condition))
    .map(([logicalId, { Type: type }]) =>
      cannotRun({ logicalId, type }, templateFile, new TemplateProblem(unknownType)),
    );
  if (unknown.length > 0) throw new TemplateProblem(unknown.map(({ message }) => message).join('\n'));
}

const unknownType = 'the local cloud does not know this type; teach it in emulator/template/resource-types.ts';

/**
 * Reads the stack of an assembly as it would be deployed at `place`.
 * @throws TemplateProblem with a sentence that names the resource and the file, for whatever cannot be run here
 */
export function readStack(assembly: Assembly, place: Omit<Place, 'stackName'>): Stack {
  const { template, templateFile, stackName } = assembly;
  const scope = scopeOf(template, { ...place, stackName });
  refuseUnknown(template, templateFile, scope);
  const resources: Resource[] = [];
  const inert: InertResource[] = [];
  for (const [logicalId, { Type: type, Condition, Properties }] of Object.entries(template.Resources)) {
    try {
      if (Condition !== undefined && !scope.condition(Condition)) continue;
      const reason = whyInert(type);
      if (reason !== undefined) inert.push({ logicalId, type, reason });
      else if (isBooted(type))
        resources.push({ logicalId, type, properties: propertiesOf(Properties, scope), ...scope.identity(logicalId) });
    } catch (error) {
      throw error instanceof TemplateProblem ? cannotRun({ logicalId, type }, templateFile, error) : error;
    }
  }
  return {
    ...place,
    stackName,
    templateFile,
    inert,
    ofType: (...types) => resources.filter(({ type }) => types.includes(type)),
    assetFolder: (key) => assembly.assetFolder(key),
  };
}

function propertiesOf(properties: JsonObject, scope: Scope): JsonObject {
  const answer = resolve(properties, scope);
  return answer !== noValue && isObject(answer) ? answer : {};
}

function scopeOf(template: Template, place: Place): Scope & { identity(logicalId: string): Identity } {
  const identities = new Map<string, Identity>();
  const underWay = new Set<string>();
  const pseudo = pseudoParameters(place);

  function identity(logicalId: string): Identity {
    const known = identities.get(logicalId);
    if (known !== undefined) return known;
    const resource = template.Resources[logicalId];
    if (resource === undefined) throw new TemplateProblem(`it refers to ${logicalId}, which is not in the template`);
    const identify = identifierOf(resource.Type);
    if (identify === undefined)
      throw new TemplateProblem(
        `it refers to ${logicalId} of type ${resource.Type}, which the local cloud does not know`,
      );
    if (underWay.has(logicalId)) throw new TemplateProblem(`the name of ${logicalId} refers to itself`);
    underWay.add(logicalId);
    const own = (property: string) => ownText(resource.Properties[property]);
    const found = identify({ ...place, logicalId, own });
    underWay.delete(logicalId);
    identities.set(logicalId, found);
    return found;
  }

  function ownText(value: Json | undefined): string | undefined {
    if (value === undefined) return undefined;
    const answer = resolve(value, scope);
    return typeof answer === 'string' ? answer : undefined;
  }

  const scope = {
    identity,
    ref(name: string): Json {
      return pseudo[name] ?? template.Parameters[name]?.Default ?? identity(name).ref;
    },
    attribute(logicalId: string, attribute: string): Json {
      const value = identity(logicalId).attributes[attribute];
      if (value === undefined)
        throw new TemplateProblem(`it asks for ${logicalId}.${attribute}, which the local cloud does not know`);
      return value;
    },
    condition(name: string): boolean {
      const condition = template.Conditions[name];
      if (condition === undefined) throw new TemplateProblem(`the condition ${name} is not in the template`);
      return resolveCondition(condition, scope);
    },
    mapping(map: string, key: string, name: string): Json {
      const value = template.Mappings[map]?.[key]?.[name];
      if (value === undefined) throw new TemplateProblem(`the mapping ${map} has no ${key}.${name}`);
      return value;
    },
  };
  return scope;
}

function pseudoParameters({ region, accountId, stackName }: Place): Readonly<Record<string, string>> {
  return {
    'AWS::Region': region,
    'AWS::AccountId': accountId,
    'AWS::Partition': 'aws',
    'AWS::URLSuffix': 'amazonaws.com',
    'AWS::StackName': stackName,
    'AWS::StackId': `arn:aws:cloudformation:${region}:${accountId}:stack/${stackName}/local`,
  };
}
