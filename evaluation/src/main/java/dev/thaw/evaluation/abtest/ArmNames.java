package dev.thaw.evaluation.abtest;

import dev.thaw.featuredefinitions.vocabulary.Impression;
import java.util.Optional;

/** How impressions name what is compared; empty for those that are not part of it. */
public interface ArmNames {
  Optional<String> of(Impression impression);

  /** By the version of the configuration that answered. */
  static ArmNames versions() {
    return impression -> Optional.of(impression.configVersion());
  }

  /** By the configuration that an experiment assigned the user to. */
  static ArmNames configurationsOf(String experiment) {
    return impression ->
        impression.assignment().experiment().equals(experiment)
            ? Optional.of(impression.assignment().configuration())
            : Optional.empty();
  }
}
