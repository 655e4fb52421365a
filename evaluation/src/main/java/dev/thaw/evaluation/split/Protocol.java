package dev.thaw.evaluation.split;

import dev.thaw.evaluation.experiment.Experiment;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import java.util.Optional;

/** A way to cut a domain of a data folder into what is trained on and who is tested. */
public interface Protocol {
  /**
   * Why there can be no experiment on a domain; empty if there can. A cold domain is no fault of
   * the data.
   *
   * @throws IllegalArgumentException if no such domain is configured
   */
  Optional<String> obstacle(EvaluationData data, DomainId target);

  /**
   * One experiment on a domain of the data.
   *
   * @throws IllegalArgumentException if there is an {@link #obstacle}
   */
  Experiment on(EvaluationData data, DomainId target);

  /** For a report. */
  String origin();
}
