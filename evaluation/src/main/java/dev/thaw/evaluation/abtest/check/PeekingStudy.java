package dev.thaw.evaluation.abtest.check;

import dev.thaw.evaluation.abtest.NormalMixture;
import dev.thaw.evaluation.abtest.SampleRatio;
import dev.thaw.evaluation.runs.SeededRuns;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Runs experiments whose truth is known, looks at each again and again, and counts how often
 * inference is wrong at any look. The same seed gives the same figures whatever the number of
 * threads.
 *
 * @param users of one experiment, a multiple of looks
 * @param looks evenly spread over them, at least 1
 * @param alpha of the sequences; the fixed-horizon interval beside them is of 95 %
 * @param narrowestAt users at which the sequences are narrowest
 */
public record PeekingStudy(SeededRuns runs, int users, int looks, double alpha, int narrowestAt) {
  public PeekingStudy {
    if (looks < 1 || users < looks || users % looks != 0) {
      throw new IllegalArgumentException(
          "users must be a multiple of looks, which must be >= 1; were " + users + " and " + looks);
    }
    NormalMixture.narrowestAt(narrowestAt, alpha);
  }

  /** Frequent and rare clicks, each without a difference and with two. */
  public static List<ArrivingUsers> scenarios() {
    return List.of(
        new ArrivingUsers(0.05, 0),
        new ArrivingUsers(0.05, 0.1),
        new ArrivingUsers(0.05, 0.2),
        new ArrivingUsers(0.005, 0),
        new ArrivingUsers(0.005, 0.2),
        new ArrivingUsers(0.005, 0.5));
  }

  /**
   * @param done told how many runs are through, by one thread at a time
   */
  public PeekingRow of(ArrivingUsers arriving, IntConsumer done) {
    NormalMixture mixture = NormalMixture.narrowestAt(narrowestAt, alpha);
    List<PeekedRun> all =
        runs.of(random -> PeekedRun.of(arriving, users, looks, alpha, mixture, random), done);
    return PeekingRow.of(arriving, all, alpha, SampleRatio.LEVEL);
  }
}
