package dev.thaw.flinkjobs.streams;

/**
 * Something that could not be used.
 *
 * @param source topic, file or job that met it
 * @param reason one sentence with value and bound
 * @param input what was read, as text; bytes that are no UTF-8 appear as replacement characters
 * @param time when it was met, epoch milliseconds: the time at which Kafka appended the input, or
 *     the watermark at which a late event came
 */
public record DeadLetter(String source, String reason, String input, long time) {}
