package dev.thaw.launcher.embedded;

import dev.thaw.launcher.kafka.FreePorts;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import org.apache.flink.configuration.Configuration;

/** What a Flink cluster shows Prometheus, on a port that was free. */
record ReportedMetrics(int port) {
  static ReportedMetrics onFreePort() throws IOException {
    return new ReportedMetrics(FreePorts.find(1).get(0));
  }

  /** For the cluster that is to report there. */
  Configuration configuration() {
    return Configuration.fromMap(
        Map.of(
            "metrics.reporter.prom.factory.class",
            "org.apache.flink.metrics.prometheus.PrometheusReporterFactory",
            "metrics.reporter.prom.port",
            Integer.toString(port)));
  }

  String read() throws Exception {
    return TinyWorld.get(URI.create("http://127.0.0.1:" + port + "/metrics"));
  }
}
