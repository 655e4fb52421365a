package dev.thaw.serving.eventlog;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One keyed record of a topic; a record without value deletes its key. The bytes are not copied.
 */
public final class LogRecord {
  private final String topic;
  private final String key;
  private final byte @Nullable [] value;

  private LogRecord(String topic, String key, byte @Nullable [] value) {
    this.topic = topic;
    this.key = key;
    this.value = value;
  }

  public static LogRecord of(String topic, String key, byte[] value) {
    return new LogRecord(topic, key, value);
  }

  public static LogRecord of(String topic, String key, String value) {
    return new LogRecord(topic, key, value.getBytes(StandardCharsets.UTF_8));
  }

  /** Deletes the key in a compacted topic. */
  public static LogRecord tombstone(String topic, String key) {
    return new LogRecord(topic, key, null);
  }

  static LogRecord read(String topic, String key, byte @Nullable [] value) {
    return new LogRecord(topic, key, value);
  }

  public String topic() {
    return topic;
  }

  public String key() {
    return key;
  }

  public byte @Nullable [] value() {
    return value;
  }

  /** Bytes of topic, key and value together, roughly. */
  int size() {
    return topic.length() + key.length() + (value == null ? 0 : value.length);
  }

  @Override
  public String toString() {
    return topic + "/" + key + (value == null ? " (tombstone)" : " (" + value.length + " bytes)");
  }
}
