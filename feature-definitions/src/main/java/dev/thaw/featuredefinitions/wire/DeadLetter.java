package dev.thaw.featuredefinitions.wire;

import java.time.Instant;
import java.util.Optional;

/**
 * A record that could not be used, with enough to find it again, repair it and send it once more.
 *
 * @param source file, {@code topic/partition}, or {@code job/kind} where a job had read the record
 * @param position line from 1, or offset; 0 for the source as a whole, and of what a job had read
 * @param rejection field, value and reason
 * @param input the record as it came, cut after {@value #MAX_INPUT} bytes; in Base64 if it is not
 *     UTF-8
 * @param base64 whether {@code input} is in Base64
 * @param inputBytes length of the record before the cut
 * @param time when it was refused
 * @param job that wrote the letter; empty where none did, or none said so
 */
public record DeadLetter(
    String source,
    long position,
    Rejection rejection,
    String input,
    boolean base64,
    long inputBytes,
    Instant time,
    String job) {
  public static final int MAX_INPUT = 16_384;

  /** Keeps what fits of the input. */
  public static DeadLetter of(
      String source, long position, Rejection rejection, byte[] input, Instant time) {
    return DeadLetterInput.keep(source, position, rejection, input, input.length, time);
  }

  /**
   * About a record that could be read, but not used.
   *
   * @param input in its wire form
   */
  public static DeadLetter ofJob(
      String job, RecordKind kind, Rejection rejection, byte[] input, Instant time) {
    return of(job + "/" + kind, 0, rejection, input, time).by(job);
  }

  /** What {@link #ofJob} was told; empty for other letters. */
  public Optional<RecordKind> kind() {
    return job.isEmpty() ? Optional.empty() : RecordKind.ofSource(source);
  }

  /** The same letter, written by this job. */
  public DeadLetter by(String job) {
    return new DeadLetter(source, position, rejection, input, base64, inputBytes, time, job);
  }

  /** {@code file:line: field: reason, was "value"}. */
  @Override
  public String toString() {
    return source + ":" + position + ": " + rejection;
  }
}
