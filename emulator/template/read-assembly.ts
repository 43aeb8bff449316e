import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { Json, JsonObject } from './json.ts';
import { TemplateProblem } from './problem.ts';

const Template = z.object({
  Parameters: z.record(z.string(), z.object({ Default: Json.optional() })).default({}),
  Conditions: z.record(z.string(), Json).default({}),
  Mappings: z.record(z.string(), z.record(z.string(), z.record(z.string(), Json))).default({}),
  Resources: z.record(
    z.string(),
    z.object({ Type: z.string(), Condition: z.string().optional(), Properties: JsonObject.default({}) }),
  ),
});
export type Template = z.infer<typeof Template>;

const Manifest = z.object({
  artifacts: z.record(
    z.string(),
    z.object({
      type: z.string(),
      environment: z.string().optional(),
      properties: z.object({ templateFile: z.string().optional(), stackName: z.string().optional() }).optional(),
    }),
  ),
});

const Assets = z.object({
  files: z.record(z.string(), z.object({ source: z.object({ path: z.string().optional() }) })),
});

/** What `cdk synth` wrote: the one stack's template and where its assets lie. */
export interface Assembly {
  readonly stackName: string;
  /** Where the stack says that it goes; undefined where it goes anywhere. */
  readonly account: string | undefined;
  readonly region: string | undefined;
  readonly templateFile: string;
  readonly template: Template;
  /**
   * The folder of an asset by its key in the bootstrap bucket.
   * @throws TemplateProblem when the assembly has no such asset
   */
  assetFolder(key: string): string;
}

/**
 * Reads a synthesized cloud assembly.
 * @param directory for example `cdk.out`
 * @throws TemplateProblem when there is no assembly, or not exactly one stack in it
 */
export function readAssembly(directory: string): Assembly {
  const manifestFile = join(directory, 'manifest.json');
  if (!existsSync(manifestFile)) throw new TemplateProblem(`There is no synthesized template in ${directory}.`);
  const { artifacts } = readJson(manifestFile, Manifest);
  const stacks = Object.entries(artifacts).filter(([, { type }]) => type === 'aws:cloudformation:stack');
  const [stack] = stacks;
  if (stack === undefined || stacks.length > 1)
    throw new TemplateProblem(`${manifestFile} has ${stacks.length} stacks; the local cloud runs exactly one.`);
  const [name, { properties, environment = '' }] = stack;
  const [, account, region] = /^aws:\/\/(\d{12})\/([a-z]{2}(?:-[a-z]+)+-\d)$/.exec(environment) ?? [];
  const templateFile = join(directory, properties?.templateFile ?? `${name}.template.json`);
  return {
    stackName: properties?.stackName ?? name,
    account,
    region,
    templateFile,
    template: readJson(templateFile, Template),
    assetFolder: assetFolders(directory, name),
  };
}

function assetFolders(directory: string, stack: string): (key: string) => string {
  const assetsFile = join(directory, `${stack}.assets.json`);
  const files = existsSync(assetsFile) ? readJson(assetsFile, Assets).files : {};
  return (key) => {
    const path = files[key.replace(/\.[a-z]+$/, '')]?.source.path;
    if (path === undefined) throw new TemplateProblem(`The asset ${key} is not listed in ${assetsFile}.`);
    return join(directory, path);
  };
}

function readJson<T>(file: string, schema: z.ZodType<T>): T {
  try {
    return schema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (cause) {
    throw new TemplateProblem(`${file} cannot be read as part of a synthesized template.`, { cause });
  }
}
