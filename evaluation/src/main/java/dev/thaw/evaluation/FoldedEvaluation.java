package dev.thaw.evaluation;

import dev.thaw.evaluation.Evaluation.Outcome;
import dev.thaw.evaluation.experiment.Experiment;
import dev.thaw.evaluation.measure.EnvelopeCheck;
import dev.thaw.evaluation.measure.Measurements;
import dev.thaw.evaluation.report.Figures;
import dev.thaw.models.metrics.MaxT;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Several experiments whose test users are disjoint, measured one after the other, each from its
 * own choice of parameters on, and counted as one. Then the hybrids are checked against every
 * single method.
 *
 * @param margin below zero; empty for {@link EnvelopeCheck#margin}
 */
public record FoldedEvaluation(OptionalDouble margin, long seed) {

  /**
   * @param evaluate measures one experiment
   * @param folds at least one, made when its turn comes
   */
  public Figures run(
      String origin,
      List<Supplier<Experiment>> folds,
      Function<Experiment, Outcome> evaluate,
      Evaluation evaluation) {
    List<Measurements> measured = new ArrayList<>();
    Map<String, String> chosen = new TreeMap<>();
    Map<String, String> skipped = new TreeMap<>();
    for (int fold = 0; fold < folds.size(); fold++) {
      Outcome outcome = evaluate.apply(folds.get(fold).get());
      measured.add(outcome.measured());
      String name = "fold " + (fold + 1) + ": ";
      outcome.chosen().forEach((what, value) -> chosen.put(name + what, value));
      outcome.skipped().forEach((what, why) -> skipped.put(name + what, why));
    }
    Measurements.missingSomewhere(measured)
        .forEach(
            (method, there) ->
                skipped.put(method, "only in " + there + " of " + folds.size() + " folds"));
    Measurements joined = Measurements.join(origin, measured);
    return evaluation.figures(new Outcome(joined, chosen, skipped)).with(check(joined));
  }

  private List<Figures.Envelope> check(Measurements measured) {
    double allowed = margin.orElseGet(() -> EnvelopeCheck.margin(EnvelopeCheck.users(measured)));
    return new EnvelopeCheck(MaxT.DEFAULT, allowed, seed).of(measured);
  }
}
