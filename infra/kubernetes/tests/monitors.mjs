// Checks PodMonitors and PrometheusRules (JSON, an array on standard input) by the Prometheus operator's schemas.
//   monitors.mjs FOLDER_OF_NODE_MODULES
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const models = resolve(process.argv[2], 'node_modules/@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1');
const kinds = {};
for (const kind of ['PodMonitor', 'PrometheusRule']) {
  kinds[kind] = (await import(pathToFileURL(`${models}/${kind}.js`)))[kind];
}

let text = '';
for await (const part of process.stdin) text += part;
const resources = JSON.parse(text).filter(each => each.kind in kinds);
if (resources.length === 0) throw new Error('neither a PodMonitor nor a PrometheusRule');
for (const each of resources) new kinds[each.kind](each).validate();
console.log(`${resources.length} PodMonitors and PrometheusRules are valid`);
