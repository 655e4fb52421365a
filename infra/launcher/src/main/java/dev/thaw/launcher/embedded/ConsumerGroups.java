package dev.thaw.launcher.embedded;

import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.flinkjobs.entry.Job;
import dev.thaw.flinkjobs.entry.StreamingJobs;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.flink.streaming.api.graph.StreamGraph;

/** Which consumer group reads which topic: a source is named after its topic. */
public final class ConsumerGroups {
  private ConsumerGroups() {}

  /** Of the sources of one job: the topic by the group. */
  static Map<String, String> of(String job, StreamGraph graph) {
    Map<String, String> topicOfGroup = new LinkedHashMap<>();
    for (int source : graph.getSourceIDs()) {
      String topic = graph.getStreamNode(source).getTransformationUID();
      if (topic != null) {
        topicOfGroup.put(topic + "-" + job, topic);
      }
    }
    return topicOfGroup;
  }

  /** Names of the streaming jobs that read a topic. */
  public static SortedSet<String> readers(ThawConfig config, String topic) {
    SortedSet<String> jobs = new TreeSet<>();
    for (Job job : StreamingJobs.of(config)) {
      if (of(job.name(), job.build(config).getStreamGraph()).containsValue(topic)) {
        jobs.add(job.name());
      }
    }
    return jobs;
  }

  /** Of all streaming jobs, wherever they run. */
  public static Map<String, String> ofStreamingJobs(ThawConfig config) {
    Map<String, String> topicOfGroup = new LinkedHashMap<>();
    for (Job job : StreamingJobs.of(config)) {
      topicOfGroup.putAll(of(job.name(), job.build(config).getStreamGraph()));
    }
    return topicOfGroup;
  }
}
