package dev.thaw.launcher.evaluate;

import dev.thaw.evaluation.Evaluation;
import dev.thaw.evaluation.Evaluation.Outcome;
import dev.thaw.evaluation.items.ItemsByCount;
import dev.thaw.evaluation.report.Figures;
import dev.thaw.evaluation.report.ReportFolder;
import dev.thaw.evaluation.split.EvaluationData;
import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.launcher.console.Progress;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.RatingScale;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;

/** Measures how the new items of each domain of a folder are placed. */
public record NewItemsOfDomains(
    ItemsByCount protocol,
    EvaluationData folder,
    EncodedItems items,
    Optional<ReportFolder> report,
    Progress progress) {

  public Figures measure(DomainId domain) {
    Map<ItemId, CatalogueItem> catalogue = folder.catalogue().getOrDefault(domain, Map.of());
    RatingScale scale = RatingScale.of(folder.domain(domain));
    Interactions all =
        folder.interactions().getOrDefault(domain, Interactions.builder(domain).build());
    try (ProgressParts parts = new ProgressParts(domain.value(), progress)) {
      Optional<String> obstacle = protocol.obstacle(all, scale, catalogue);
      if (obstacle.isPresent()) {
        return Figures.ofSkipped(
            domain.value(), protocol.origin(), protocol.seed(), catalogue.size(), obstacle.get());
      }
      if (report.isPresent()) {
        protocol.writeSplit(all, scale, report.get().domain(domain.value()).resolve("split"));
      }
      Outcome outcome =
          protocol.measure(all, scale, catalogue, items.vectors(domain, catalogue), parts::at);
      return new Evaluation(protocol.counts(), protocol.threads(), protocol.seed())
          .figures(outcome);
    } catch (IOException e) {
      throw new UncheckedIOException("split can't be written: " + e.getMessage(), e);
    }
  }
}
