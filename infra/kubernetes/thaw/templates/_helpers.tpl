{{- define "thaw.name" -}}
{{- if contains .Chart.Name .Release.Name }}{{ .Release.Name }}{{ else }}{{ .Release.Name }}-{{ .Chart.Name }}{{ end }}
{{- end }}

{{- /* of a part: (list . "serving") */}}
{{- define "thaw.part" -}}
{{- $root := index . 0 -}}
{{- printf "%s-%s" (include "thaw.name" $root) (index . 1) | trunc 63 | trimSuffix "-" }}
{{- end }}

{{- define "thaw.selector" -}}
{{- $root := index . 0 -}}
app.kubernetes.io/name: thaw
app.kubernetes.io/instance: {{ $root.Release.Name }}
app.kubernetes.io/component: {{ index . 1 }}
{{- end }}

{{- /* the same on one line */}}
{{- define "thaw.match" -}}
{{ include "thaw.selector" . | fromYaml | toJson }}
{{- end }}

{{- define "thaw.labels" -}}
{{- $root := index . 0 -}}
{{ include "thaw.selector" . }}
app.kubernetes.io/version: {{ $root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ $root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" $root.Chart.Name $root.Chart.Version }}
{{- end }}

{{- define "thaw.image" -}}
{{- if .digest }}{{ .repository }}@{{ .digest }}{{ else }}{{ .repository }}:{{ .tag }}{{ end }}
{{- end }}

{{- define "thaw.pull" -}}
{{- with .Values.images.pullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
{{- end }}

{{- define "thaw.claim" -}}
{{- .Values.shared.existingClaim | default (include "thaw.part" (list . "shared")) }}
{{- end }}

{{- /* Feast registers where jobs write. */}}
{{- define "thaw.featureLog" -}}
/var/lib/thaw/shared/feature-log
{{- end }}

{{- /* What Kubernetes calls "restricted". 9999 is the user of all our images, and of Flink's. */}}
{{- define "thaw.podSecurity" -}}
runAsNonRoot: true
runAsUser: 9999
runAsGroup: 9999
fsGroup: 9999
fsGroupChangePolicy: OnRootMismatch
seccompProfile: {type: RuntimeDefault}
{{- end }}

{{- define "thaw.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: {drop: [ALL]}
{{- end }}

{{- define "thaw.keyVariable" -}}
THAW_KEY_{{ . | upper | replace "-" "_" }}
{{- end }}

{{- define "thaw.secretEnvironment" -}}
{{- range .Values.security.keys }}
- name: {{ include "thaw.keyVariable" .name }}
  valueFrom: {secretKeyRef: {name: {{ .secret }}, key: {{ .key | quote }}}}
{{- end }}
{{- range .Values.secretEnvironment }}
- name: {{ .name }}
  valueFrom: {secretKeyRef: {name: {{ .secret }}, key: {{ .key | quote }}}}
{{- end }}
{{- end }}

{{- /* thaw.yaml, definitions and files of Secrets, for every process */}}
{{- define "thaw.configVolumes" -}}
- name: config
  configMap: {name: {{ include "thaw.part" (list . "config") }}}
{{- with .Values.definitions.configMap }}
- name: definitions
  configMap: {name: {{ . }}}
{{- end }}
{{- range .Values.secretFiles }}
- name: secret-{{ .name }}
  secret: {secretName: {{ .secret }}, defaultMode: 0440}
{{- end }}
{{- end }}

{{- define "thaw.configMounts" -}}
- {name: config, mountPath: /etc/thaw, readOnly: true}
{{- if .Values.definitions.configMap }}
- {name: definitions, mountPath: /etc/thaw-definitions, readOnly: true}
{{- end }}
{{- range .Values.secretFiles }}
- {name: secret-{{ .name }}, mountPath: {{ .mountPath }}, readOnly: true}
{{- end }}
{{- end }}

{{- /* Our own certificate, for those that listen */}}
{{- define "thaw.tlsVolume" -}}
{{- with .Values.security.tlsSecret }}
- name: tls
  secret: {secretName: {{ . }}, defaultMode: 0440}
{{- end }}
{{- end }}

{{- define "thaw.tlsMount" -}}
{{- if .Values.security.tlsSecret }}
- {name: tls, mountPath: /etc/thaw-tls, readOnly: true}
{{- end }}
{{- end }}

{{- define "thaw.scheme" -}}
{{ if .Values.security.tlsSecret }}HTTPS{{ else }}HTTP{{ end }}
{{- end }}

{{- /* Pods of a configuration that has changed are started anew. */}}
{{- define "thaw.configChecksum" -}}
checksum/config: {{ include "thaw.yaml" . | sha256sum }}
{{- end }}

{{- /* Whether a stage of any configuration has the method, of (root, method). */}}
{{- define "thaw.asksFor" -}}
{{- $method := index . 1 }}
{{- $serving := (index . 0).Values.config.serving }}
{{- range prepend ($serving.experiment.configurations | default list) $serving }}{{ range .methods }}{{ if has $method . }}true{{ end }}{{ end }}{{ end }}
{{- end }}

{{- /* Whether there is to be a streaming job, of (root, job). */}}
{{- define "thaw.hasJob" -}}
{{- $root := index . 0 }}
{{- $job := index . 1 }}
{{- $adapts := include "thaw.asksFor" (list $root "meta-learned") }}
{{- if and (get $root.Values.flink.jobs $job).enabled (or $adapts (ne $job "adapt-users")) }}true{{ end }}
{{- end }}

{{- define "thaw.placement" -}}
{{- with .nodeSelector }}
nodeSelector: {{ toYaml . | nindent 2 }}
{{- end }}
{{- with .tolerations }}
tolerations: {{ toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{- define "thaw.spread" -}}
{{- range $key, $when := dict "kubernetes.io/hostname" "ScheduleAnyway" "topology.kubernetes.io/zone" "ScheduleAnyway" }}
- maxSkew: 1
  topologyKey: {{ $key }}
  whenUnsatisfiable: {{ $when }}
  labelSelector: {matchLabels: {{ include "thaw.match" $ }}}
{{- end }}
{{- end }}
