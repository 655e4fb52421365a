package dev.thaw.featuredefinitions.config;

import dev.thaw.featuredefinitions.yaml.Durations;
import java.time.Duration;
import java.util.Arrays;

/** Checks of configured values; each message starts with the key and names value and bound. */
final class Bounds {
  private Bounds() {}

  static void inRange(String key, int value, int min, int max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          key + " must be in [" + min + ", " + max + "], was " + value);
    }
  }

  static void inRange(String key, double value, double min, double max) {
    if (!(value >= min && value <= max)) {
      throw new IllegalArgumentException(
          key + " must be in [" + min + ", " + max + "], was " + value);
    }
  }

  static void notBlank(String key, String value) {
    if (value.isBlank()) {
      throw new IllegalArgumentException(key + " must not be blank");
    }
  }

  static void oneOf(String key, String value, String... allowed) {
    if (!Arrays.asList(allowed).contains(value)) {
      throw new IllegalArgumentException(
          key + " must be one of " + String.join(", ", allowed) + ", was \"" + value + '"');
    }
  }

  static void longerThanZero(String key, Duration value) {
    if (value.isZero() || value.isNegative()) {
      throw new IllegalArgumentException(
          key + " must be longer than 0, was " + Durations.format(value));
    }
  }

  static void notNegative(String key, Duration value) {
    if (value.isNegative()) {
      throw new IllegalArgumentException(
          key + " must not be negative, was " + Durations.format(value));
    }
  }
}
