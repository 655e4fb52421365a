package dev.thaw.flinkjobs.blockedals;

import dev.thaw.featuredefinitions.domains.DomainDefinition;
import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import dev.thaw.flinkjobs.training.GatheredInteractions;
import dev.thaw.models.factors.FactorKind;
import dev.thaw.models.interactions.Interactions;
import java.io.Serializable;
import java.util.Optional;

/** The models that are trained side by side, two of each domain, by number. */
public record Models(DomainDefinitions domains) implements Serializable {
  public int size() {
    return domains.all().size() * FactorKind.values().length;
  }

  public DomainDefinition domain(int model) {
    return domains.all().get(model / FactorKind.values().length);
  }

  /** Implicit models rank what is liked, explicit ones predict ratings. */
  public FactorKind kind(int model) {
    return FactorKind.values()[model % FactorKind.values().length];
  }

  /** What a model learns from. */
  Optional<Interactions> interactions(int model, GatheredInteractions data) {
    return kind(model) == FactorKind.IMPLICIT
        ? data.positives(domain(model).name())
        : data.ratings(domain(model).name());
  }
}
