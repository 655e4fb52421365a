package dev.thaw.launcher.evaluate;

import dev.thaw.evaluation.Evaluation;
import dev.thaw.evaluation.nextitem.NextItem;
import dev.thaw.evaluation.report.Figures;
import dev.thaw.evaluation.split.EvaluationData;
import dev.thaw.evaluation.split.LeaveOutInTime;
import dev.thaw.evaluation.split.LeaveOutInTime.Parts;
import dev.thaw.evaluation.split.UserSplit;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import java.util.Map;
import java.util.Optional;

/** Measures what users of a domain like after a cut in time. */
record NextItemsOfDomains(Settings settings) implements DomainEvaluation {

  @Override
  public Figures measure(EvaluationData folder, DomainId domain) {
    if (!settings.counts().isEmpty() || settings.questions() > 0) {
      throw new IllegalArgumentException(
          "--k and --questions don't go with next-item: what is given is what was before the cut");
    }
    LeaveOutInTime split =
        new LeaveOutInTime(
            settings.share(),
            settings.maxUsers().orElse(UserSplit.DEFAULT.maxUsers()),
            settings.seed());
    Optional<String> obstacle = split.obstacle(folder, domain);
    if (obstacle.isPresent()) {
      int catalogue = folder.catalogue().getOrDefault(domain, Map.of()).size();
      return Figures.ofSkipped(
          domain.value(), split.origin(), settings.seed(), catalogue, obstacle.get());
    }
    Parts parts = split.on(folder, domain);
    settings
        .progress()
        .say(
            domain
                + ": "
                + parts.experiment().training()
                + " to train on, "
                + parts.users().size()
                + " users asked");
    try (ProgressParts progress = new ProgressParts(domain.value(), settings.progress())) {
      return new Evaluation(settings.counts(), settings.extent(), Settings.threads(), split.seed())
          .figures(
              new NextItem(settings.extent(), Settings.threads(), split.seed())
                  .measure(
                      parts,
                      settings.items().neighbours(parts.experiment()).orElse(null),
                      progress::at));
    }
  }
}
