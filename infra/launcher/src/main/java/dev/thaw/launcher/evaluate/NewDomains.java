package dev.thaw.launcher.evaluate;

import dev.thaw.evaluation.Evaluation;
import dev.thaw.evaluation.experiment.Experiment;
import dev.thaw.evaluation.parity.InteractionsToParity;
import dev.thaw.evaluation.parity.ZeroOverlap;
import dev.thaw.evaluation.report.Figures;
import dev.thaw.evaluation.split.EvaluationData;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.Embedding;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.interactions.Interactions;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Measures from how many interactions on a domain without a shared user can stand alone. */
record NewDomains(Settings settings) implements DomainEvaluation {
  private static final int GIVEN = 5;

  @Override
  public Figures measure(EvaluationData folder, DomainId domain) {
    Optional<ZeroOverlap> domains = ZeroOverlap.of(folder, domain, settings.seed());
    Optional<String> obstacle =
        domains.isEmpty()
            ? Optional.of("nobody has interacted with anything there")
            : InteractionsToParity.obstacle(domains.get())
                .or(() -> settings.users().obstacle(alone(folder, domains.get()), domain));
    if (obstacle.isPresent() || domains.isEmpty()) {
      return Figures.ofSkipped(
          domain.value(),
          "a domain without shared users",
          settings.seed(),
          folder.catalogue().getOrDefault(domain, Map.of()).size(),
          obstacle.orElse(""));
    }
    Experiment experiment = settings.users().on(alone(folder, domains.get()), domain);
    if (settings.counts().size() > 1) {
      throw new IllegalArgumentException(
          "--k must be one number for zero-overlap, was " + settings.counts());
    }
    int given = settings.counts().isEmpty() ? GIVEN : settings.counts().get(0);
    try (ProgressParts parts = new ProgressParts(domain.value(), settings.progress())) {
      return new Evaluation(settings.counts(), Settings.threads(), settings.seed())
          .figures(
              new InteractionsToParity(given, Settings.threads(), settings.seed())
                  .measure(experiment, domains.get(), content(domain, domains.get()), parts::at));
    }
  }

  /** The folder as if there were the new domain alone. */
  private static EvaluationData alone(EvaluationData folder, ZeroOverlap domains) {
    Map<DomainId, Interactions> here = Map.of(domains.here().domain(), domains.here());
    return new EvaluationData(
        folder.domains(),
        here,
        Map.of(domains.here().domain(), domains.catalogueHere()),
        folder.profiles(),
        folder.rejected(),
        folder.timed());
  }

  private Map<ItemId, Embedding> content(DomainId domain, ZeroOverlap domains) {
    Map<ItemId, Embedding> content =
        new HashMap<>(settings.items().vectors(domain, domains.catalogueElsewhere()));
    content.putAll(settings.items().vectors(domain, domains.catalogueHere()));
    return content;
  }
}
