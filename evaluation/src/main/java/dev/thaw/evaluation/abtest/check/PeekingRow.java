package dev.thaw.evaluation.abtest.check;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Shares of runs in one scenario; at A/A, where the truth is zero, those that miss it are false
 * alarms.
 *
 * @param sequenceMissed the always-valid interval left out the truth at any look
 * @param boundMissed its one-sided upper bound was below the truth at any look
 * @param fixedMissed the fixed-horizon interval left out the truth at any look
 * @param fixedMissedLast the same at the last look alone
 * @param ratioAlarms the sample-ratio test called right shares wrong at any look
 * @param found the always-valid interval left out zero at any look
 * @param fixedFoundLast the fixed-horizon interval left out zero at the last look
 * @param medianUsers after which the always-valid interval had left out zero in half of the runs;
 *     null if it did in fewer
 * @param holds whether no always-valid share is above its level
 */
public record PeekingRow(
    double rate,
    double lift,
    double sequenceMissed,
    double boundMissed,
    double fixedMissed,
    double fixedMissedLast,
    double ratioAlarms,
    double found,
    double fixedFoundLast,
    @Nullable Integer medianUsers,
    boolean holds) {

  static PeekingRow of(
      ArrivingUsers arriving, List<PeekedRun> runs, double alpha, double ratioLevel) {
    int[] after = runs.stream().mapToInt(PeekedRun::foundAfter).toArray();
    Arrays.sort(after);
    int median = after[(after.length - 1) / 2];
    double sequence = share(runs, PeekedRun::sequenceMissed);
    double bound = share(runs, PeekedRun::boundMissed);
    double ratio = share(runs, PeekedRun::ratioAlarm);
    return new PeekingRow(
        arriving.rate(),
        arriving.lift(),
        sequence,
        bound,
        share(runs, PeekedRun::fixedMissed),
        share(runs, PeekedRun::fixedMissedLast),
        ratio,
        share(runs, run -> run.foundAfter() < PeekedRun.NEVER),
        share(runs, PeekedRun::fixedFoundLast),
        median == PeekedRun.NEVER ? null : median,
        sequence <= alpha && bound <= alpha && ratio <= ratioLevel);
  }

  private static double share(List<PeekedRun> runs, Predicate<PeekedRun> which) {
    return (double) runs.stream().filter(which).count() / runs.size();
  }
}
