package dev.thaw.launcher.evaluate;

import dev.thaw.evaluation.Evaluation;
import dev.thaw.evaluation.Evaluation.Outcome;
import dev.thaw.evaluation.items.ItemsByCount;
import dev.thaw.evaluation.report.Figures;
import dev.thaw.evaluation.split.EvaluationData;
import dev.thaw.evaluation.split.UserSplit;
import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.RatingScale;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;

/** Measures how the new items of a domain are placed. */
record NewItemsOfDomains(Settings settings) implements DomainEvaluation {

  @Override
  public Figures measure(EvaluationData folder, DomainId domain) {
    ItemsByCount protocol = protocol();
    Map<ItemId, CatalogueItem> catalogue = folder.catalogue().getOrDefault(domain, Map.of());
    RatingScale scale = RatingScale.of(folder.domain(domain));
    Interactions all =
        folder.interactions().getOrDefault(domain, Interactions.builder(domain).build());
    try (ProgressParts parts = new ProgressParts(domain.value(), settings.progress())) {
      Optional<String> obstacle = protocol.obstacle(all, scale, catalogue);
      if (obstacle.isPresent()) {
        return Figures.ofSkipped(
            domain.value(), protocol.origin(), protocol.seed(), catalogue.size(), obstacle.get());
      }
      if (settings.report().isPresent()) {
        protocol.writeSplit(
            all, scale, settings.report().get().domain(domain.value()).resolve("split"));
      }
      Outcome outcome =
          protocol.measure(
              all, scale, catalogue, settings.items().vectors(domain, catalogue), parts::at);
      return new Evaluation(protocol.counts(), protocol.threads(), protocol.seed())
          .figures(outcome);
    } catch (IOException e) {
      throw new UncheckedIOException("split can't be written: " + e.getMessage(), e);
    }
  }

  private ItemsByCount protocol() {
    return new ItemsByCount(
        settings.counts().isEmpty() ? ItemsByCount.COUNTS : settings.counts(),
        settings.heldOutItems(),
        settings.maxUsers().orElse(UserSplit.DEFAULT.maxUsers()),
        Settings.threads(),
        settings.seed());
  }
}
