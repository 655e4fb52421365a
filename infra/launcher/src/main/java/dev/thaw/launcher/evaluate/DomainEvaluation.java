package dev.thaw.launcher.evaluate;

import dev.thaw.evaluation.report.Figures;
import dev.thaw.evaluation.split.EvaluationData;
import dev.thaw.featuredefinitions.vocabulary.DomainId;

/** A protocol of {@code thaw evaluate}: a domain of a data folder in, its figures out. */
@FunctionalInterface
public interface DomainEvaluation {
  /** Figures that say why, where a domain can't be measured. */
  Figures measure(EvaluationData folder, DomainId domain);
}
