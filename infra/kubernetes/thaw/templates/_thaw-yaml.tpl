{{- /* The configuration that all processes share; `home` is each one's own. */}}
{{- define "thaw.yaml" -}}
{{- $c := .Values.config -}}
version: 1
home: ${THAW_HOME}
kafka:
  bootstrap_servers: {{ $c.kafka.bootstrapServers | quote }}
  topic_prefix: {{ $c.kafka.topicPrefix | quote }}
  partitions: {{ $c.kafka.partitions | int }}
  {{- with $c.kafka.properties }}
  properties:
    {{- range $name, $value := . }}
    {{ $name }}: {{ $value | quote }}
    {{- end }}
  {{- end }}
store:
  type: redis
  location: {{ $c.store.location | quote }}
  project: {{ $c.store.project | quote }}
index:
  type: milvus
  location: {{ $c.index.location | quote }}
artefacts: /var/lib/thaw/shared/artefacts
{{- if .Values.definitions.features }}
features: /etc/thaw-definitions/features.yaml
{{- end }}
{{- if .Values.definitions.domains }}
domains: /etc/thaw-definitions/domains.yaml
{{- end }}
encoder:
  model: {{ $c.encoder.model | quote }}
  batch_size: {{ $c.encoder.batchSize | int }}
jobs:
  parallelism: {{ $c.jobs.parallelism | int }}
  lateness: {{ $c.jobs.lateness }}
  out_of_order: {{ $c.jobs.outOfOrder }}
  reward_window: {{ $c.jobs.rewardWindow }}
  flush_interval: {{ $c.jobs.flushInterval }}
  checkpoint_interval: {{ $c.jobs.checkpointInterval }}
  state_backend: rocksdb
  {{- if $c.jobs.featureLog }}
  feature_log: {{ include "thaw.featureLog" . }}
  {{- end }}
  {{- with $c.jobs.parameters }}
  parameters:
    {{- range $name, $value := . }}
    {{ $name }}: {{ $value | quote }}
    {{- end }}
  {{- end }}
serving:
  host: 0.0.0.0
  port: 8080
  deadline: {{ $c.serving.deadline }}
  max_k: {{ $c.serving.maxK | int }}
  bandit_slots: {{ $c.serving.banditSlots | int }}
  shortlist: {{ $c.serving.shortlist | int }}
  uniform_floor: {{ $c.serving.uniformFloor }}
  draws: {{ $c.serving.draws | int }}
  {{- with $c.serving.banditPolicy }}
  bandit_policy: {{- include "thaw.banditPolicy" . | trim | nindent 4 }}
  {{- end }}
  {{- with $c.serving.explorationBudget }}
  exploration_budget: {{- include "thaw.explorationBudget" . | trim | nindent 4 }}
  {{- end }}
  seed: {{ $c.serving.seed | int64 }}
  scored_whole: {{ if kindIs "string" $c.serving.scoredWhole }}auto{{ else }}{{ $c.serving.scoredWhole | int }}{{ end }}
  {{- with $c.serving.methods }}
  methods: {{- include "thaw.methods" . | trim | nindent 4 }}
  {{- end }}
  onboarding: {{ $c.serving.onboarding }}
  {{- with $c.serving.experiment }}
  experiment:
    name: {{ .name }}
    salt: {{ .salt | default "" | quote }}
    configurations:
      {{- range $configuration := .configurations }}
      - name: {{ .name }}
        share: {{ .share }}
        {{- range list "banditSlots" "shortlist" "draws" }}
        {{- if hasKey $configuration . }}
        {{ snakecase . }}: {{ index $configuration . | int }}
        {{- end }}
        {{- end }}
        {{- if hasKey . "uniformFloor" }}
        uniform_floor: {{ .uniformFloor }}
        {{- end }}
        {{- range list "banditPolicy" "explorationBudget" "methods" }}
        {{- if hasKey $configuration . }}
        {{ snakecase . }}: {{- include (printf "thaw.%s" .) (index $configuration .) | trim | default "{}" | nindent 10 }}
        {{- end }}
        {{- end }}
      {{- end }}
  {{- end }}
{{- if .Values.featureServer.enabled }}
feature_server:
  host: 0.0.0.0
  port: {{ .Values.featureServer.port | int }}
{{- end }}
security:
  keys:
    {{- range .Values.security.keys }}
    - {name: {{ .name }}, role: {{ .role }}, key: {{ printf "${%s}" (include "thaw.keyVariable" .name) | quote }}}
    {{- end }}
  {{- with .Values.security.rate }}
  rate: {requests_per_second: {{ .requestsPerSecond | int }}, burst: {{ .burst | int }}}
  {{- end }}
  {{- with .Values.serving.adminPort }}
  admin: {host: 0.0.0.0, port: {{ . | int }}}
  {{- end }}
  {{- if .Values.security.tlsSecret }}
  tls: {certificate: /etc/thaw-tls/tls.crt, key: /etc/thaw-tls/tls.key}
  {{- end }}
{{- end }}

{{- define "thaw.banditPolicy" }}
{{- range $name, $value := . }}
{{ snakecase $name }}: {{ $value }}
{{- end }}
{{- end }}

{{- define "thaw.explorationBudget" }}
{{- range $name, $value := . }}
{{ snakecase $name }}: {{ if eq $name "share" }}{{ $value }}{{ else }}{{ $value | int }}{{ end }}
{{- end }}
{{- end }}

{{- define "thaw.methods" }}
{{- range $stage, $methods := . }}
{{ $stage | quote }}: {{ toJson $methods }}
{{- end }}
{{- end }}
