package dev.thaw.evaluation.experiment;

import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.featuredefinitions.vocabulary.UserProfile;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.RatingScale;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One target domain with its held-out users. Nothing a method may train on holds an interaction of
 * a held-out user in the target domain; what they did in other domains is known, as it is in
 * service.
 *
 * @param training the target domain without the held-out users; its items are the whole catalogue
 * @param sources the other domains whose users may be mapped into the target, with everybody
 * @param test held-out users
 * @param catalogue items of the target, as far as they are described
 * @param attributes profile attributes that segments may use
 * @param origin where the split came from, for the report
 */
public record Experiment(
    DomainId target,
    RatingScale scale,
    Interactions training,
    Map<DomainId, SourceDomain> sources,
    List<HeldOutUser> test,
    Map<ItemId, CatalogueItem> catalogue,
    Map<UserId, UserProfile> profiles,
    List<String> attributes,
    String origin) {
  /** Copies; the sources iterate by their ids, so that a seed says everything. */
  public Experiment {
    sources = Collections.unmodifiableMap(new TreeMap<>(sources));
    test = List.copyOf(test);
    catalogue = Map.copyOf(catalogue);
    profiles = Map.copyOf(profiles);
    attributes = List.copyOf(attributes);
    for (HeldOutUser user : test) {
      int row = training.indexOf(user.user());
      if (row >= 0 && training.rowLength(row) > 0) {
        throw new IllegalArgumentException(
            "held-out user "
                + user.user()
                + " has "
                + training.rowLength(row)
                + " interactions in the training data of "
                + target);
      }
    }
  }

  /** The same target and sources with other users held out. */
  public Experiment within(Interactions less, List<HeldOutUser> users, String from) {
    return new Experiment(
        target, scale, less, sources, users, catalogue, profiles, attributes, from);
  }

  /** Training interactions that say that the user liked the item. */
  public Interactions positives() {
    return training.where(scale::isPositive);
  }
}
