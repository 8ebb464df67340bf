import type { MetricSample } from './metrics';

/**
 * Returns the metrics in a line of a log in CloudWatch's embedded metric format.
 *
 * A line without valid metrics has no metrics and is not an error, as on AWS.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function parseEmbeddedMetrics(line: string): MetricSample[] {
  if (!line.includes('"CloudWatchMetrics"')) {
    return [];
  }
  const fields = parseObject(line);
  const { Timestamp: timestamp, CloudWatchMetrics: directives } = asObject(fields._aws);
  if (!Number.isInteger(timestamp) || !Array.isArray(directives)) {
    return [];
  }
  return directives.flatMap((directive) => readDirective(asObject(directive), fields, timestamp as number));
}

type Fields = Record<string, unknown>;

function readDirective({ Namespace, Dimensions, Metrics }: Fields, fields: Fields, timestamp: number): MetricSample[] {
  if (typeof Namespace !== 'string' || !Array.isArray(Dimensions) || !Array.isArray(Metrics)) {
    return [];
  }
  return Dimensions.flatMap((names) => {
    const dimensions = readDimensionSet(names, fields);
    return dimensions === undefined
      ? []
      : Metrics.flatMap(({ Name: metricName }: { Name: string }) =>
          [fields[metricName]]
            .flat()
            .filter((value) => typeof value === 'number')
            .map((value) => ({ namespace: Namespace, metricName, dimensions, value, timestamp })),
        );
  });
}

/** Returns the values of a set of dimensions, or `undefined` unless all are strings. */
function readDimensionSet(names: unknown, fields: Fields): Record<string, string> | undefined {
  if (!Array.isArray(names) || !names.every((name) => typeof fields[name] === 'string')) {
    return undefined;
  }
  return Object.fromEntries(names.map((name) => [name, String(fields[name])]));
}

function parseObject(line: string): Fields {
  try {
    return asObject(JSON.parse(line));
  } catch {
    return {};
  }
}

function asObject(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}
