package dev.thaw.evaluation.claims;

import dev.thaw.evaluation.Cases;
import dev.thaw.evaluation.UsersByK;
import dev.thaw.evaluation.claims.ClaimResult.Finding;
import dev.thaw.evaluation.experiment.Experiment;
import dev.thaw.models.factors.BiasedFactorisationConfig;
import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.factors.FactorTrainers;
import dev.thaw.models.history.History;
import dev.thaw.models.meta.MetaConfig;
import dev.thaw.models.meta.MetaData;
import dev.thaw.models.meta.MetaModel;
import dev.thaw.models.meta.MetaTrainer;
import dev.thaw.models.meta.UserScorer;
import dev.thaw.models.metrics.Bootstrap;
import dev.thaw.models.metrics.Interval;
import dev.thaw.models.metrics.RatingErrors;
import dev.thaw.models.training.TrainingProgress;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Finn et al., ICML 2017, section 5: first-order gradients do nearly as well, for less. */
final class FomamlNearMaml implements Claim {
  private static final int SEEDS = 3;
  private static final int GIVEN = 5;
  private static final int MIN_USERS = 300;
  private static final double NEAR = 0.02;

  /** "About three times". */
  private static final double FASTER = 2.5;

  @Override
  public String text() {
    return "FOMAML within 1-2 % of MAML, about 3x faster to train";
  }

  @Override
  public String source() {
    return "ICML 2017";
  }

  @Override
  public String holdsIf() {
    return "MeLU trained with first-order gradients against exact ones: the mean of users' MAE"
        + " (each user's mean over "
        + SEEDS
        + " training seeds) at most 2 % higher, and CPU time of the whole training at least 2.5 times"
        + " less with each seed";
  }

  /**
   * @param errors mean over seeds, by user
   * @param cpu nanoseconds by seed
   */
  private record Trained(double[] errors, double[] cpu) {}

  @Override
  public ClaimResult on(ClaimRun run) {
    Experiment experiment = run.experiment();
    List<Cases.Case> users =
        new UsersByK(experiment, List.of(GIVEN), Bootstrap.DEFAULT, run.threads(), run.seed())
            .met(experiment.fixesSupport() ? Cases.WHOLE_SUPPORT : GIVEN);
    if (experiment.training().users().size() < MIN_USERS || users.isEmpty()) {
      return notMeasurable(run, "needs " + MIN_USERS + " users to train on and some to test");
    }
    run.at("training MeLU with exact and with first-order gradients");
    FactorModel base =
        FactorTrainers.biasedFactorisation(
                BiasedFactorisationConfig.DEFAULT, experiment.scale(), TrainingProgress.SILENT)
            .fit(experiment.training(), run.random());
    // once for the compiler, outside of the times
    train(run, base, true, 0, MetaConfig.DEFAULT.withEpochs(1));
    train(run, base, false, 0, MetaConfig.DEFAULT.withEpochs(1));
    Trained exact = measure(run, base, true, users);
    Trained first = measure(run, base, false, users);
    Interval higher =
        Bootstrap.DEFAULT.relativeDifference(first.errors, exact.errors, run.random());
    double[] times = new double[SEEDS];
    Arrays.setAll(times, s -> exact.cpu[s] / first.cpu[s]);
    double[] sorted = Arrays.stream(times).sorted().toArray();
    Interval faster =
        new Interval(
            Arrays.stream(exact.cpu).sum() / Arrays.stream(first.cpu).sum(),
            sorted[0],
            sorted[SEEDS - 1],
            SEEDS);
    return result(
        run,
        Verdict.all(List.of(Verdict.atMost(NEAR, higher), Verdict.atLeast(FASTER, faster))),
        "within 2 %: "
            + Verdict.atMost(NEAR, higher)
            + "; about 3x faster: "
            + Verdict.atLeast(FASTER, faster),
        List.of(
            new Finding("MAE of FOMAML over MAML's, relative", higher),
            new Finding("CPU time of MAML over FOMAML's (lowest and highest of seeds)", faster)));
  }

  private static MetaModel train(
      ClaimRun run, FactorModel base, boolean exact, int seed, MetaConfig config) {
    Experiment experiment = run.experiment();
    MetaData data =
        new MetaData(
            experiment.training(),
            experiment.scale(),
            experiment.profiles(),
            experiment.catalogue(),
            Map.of());
    // both over the residuals of the same model: fitting others is no part of the claim's times
    return MetaTrainer.over(
            base,
            (ratings, random) -> base,
            config.withSecondOrder(exact),
            run.threads(),
            TrainingProgress.SILENT)
        .fit(data, new SplittableRandom(run.seed() * SEEDS + seed));
  }

  private static Trained measure(
      ClaimRun run, FactorModel base, boolean exact, List<Cases.Case> users) {
    double[] errors = new double[users.size()];
    double[] cpu = new double[SEEDS];
    for (int seed = 0; seed < SEEDS; seed++) {
      long before = run.cpuNanos();
      MetaModel model = train(run, base, exact, seed, MetaConfig.DEFAULT);
      cpu[seed] = run.cpuNanos() - before;
      for (int u = 0; u < errors.length; u++) {
        errors[u] += error(model, users.get(u)) / SEEDS;
      }
    }
    return new Trained(errors, cpu);
  }

  private static double error(MetaModel model, Cases.Case user) {
    UserScorer scorer =
        model.scorer(model.adapt(user.evidence().profile(), user.evidence().support()));
    RatingErrors errors = new RatingErrors();
    for (History.Entry entry : user.query()) {
      errors.add(scorer.rating(entry.item()), entry.strength());
    }
    return errors.mae();
  }
}
