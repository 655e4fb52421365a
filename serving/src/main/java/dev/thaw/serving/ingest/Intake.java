package dev.thaw.serving.ingest;

import dev.thaw.featuredefinitions.wire.Rejection;
import dev.thaw.featuredefinitions.wire.WireFormat;
import dev.thaw.featuredefinitions.wire.WireResult;
import dev.thaw.serving.api.IngestReport;
import dev.thaw.serving.api.RecordSlice;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads the records of one post and sorts the usable from the others.
 *
 * @param <T> what the records are
 */
final class Intake<T> {
  private final List<T> accepted = new ArrayList<>();
  private final List<IngestReport.Rejection> errors = new ArrayList<>();
  private final int errorsShown;
  private int rejected;

  private Intake(int errorsShown) {
    this.errorsShown = errorsShown;
  }

  /**
   * @param check what the format alone can't know, such as whether an item exists
   */
  static <T> Intake<T> read(
      List<RecordSlice> records,
      WireFormat<T> format,
      Function<T, Optional<Rejection>> check,
      Instant now,
      int errorsShown) {
    Intake<T> intake = new Intake<>(errorsShown);
    for (RecordSlice each : records) {
      WireResult<T> result = format.read(each.body(), each.from(), each.length(), now);
      if (result instanceof WireResult.Accepted<T> ok) {
        Optional<Rejection> fault = check.apply(ok.value());
        if (fault.isEmpty()) {
          intake.accepted.add(ok.value());
        } else {
          intake.reject(each, fault.get());
        }
      } else if (result instanceof WireResult.Rejected<T> bad) {
        intake.reject(each, bad.rejection());
      }
    }
    return intake;
  }

  private void reject(RecordSlice record, Rejection why) {
    rejected++;
    if (errors.size() < errorsShown) {
      errors.add(
          new IngestReport.Rejection(
              record.line(),
              why.field().isEmpty() ? null : why.field(),
              why.value().isEmpty() ? null : why.value(),
              why.reason(),
              why.toString()));
    }
  }

  List<T> accepted() {
    return accepted;
  }

  int rejected() {
    return rejected;
  }

  IngestReport report(int duplicates, List<String> degraded) {
    return new IngestReport(accepted.size(), duplicates, rejected, errors, degraded);
  }
}
