package dev.thaw.evaluation.experiment;

import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.featuredefinitions.vocabulary.UserProfile;
import dev.thaw.models.content.ContentNeighbours;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.RatingScale;
import dev.thaw.models.served.ServedData;
import dev.thaw.models.served.SourceDomain;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

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
 * @param before epoch milliseconds: everything trained on, of sources too, lies before it and
 *     everything held out not; null where the split is none in time
 * @param pairs of domains that share enough users for a bridge, in the whole catalogue that the
 *     target is of: the jobs decide over all of them together
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
    String origin,
    @Nullable Long before,
    int pairs) {
  /**
   * Copies; the sources iterate by their ids, so that a seed says everything.
   *
   * @throws IllegalArgumentException naming user, item and time of what should not be in the
   *     training data
   */
  public Experiment {
    sources = Collections.unmodifiableMap(new TreeMap<>(sources));
    test = List.copyOf(test);
    catalogue = Map.copyOf(catalogue);
    profiles = Map.copyOf(profiles);
    attributes = List.copyOf(attributes);
    pairs = Math.max(pairs, sources.size());
    for (HeldOutUser user : test) {
      int row = training.indexOf(user.user());
      if (row >= 0 && training.rowLength(row) > 0) {
        throw new IllegalArgumentException(
            "held-out user "
                + user.user()
                + " has "
                + training.rowLength(row)
                + " interactions in the training data of "
                + target
                + ", one with item "
                + training.items().get(training.rowItem(training.rowStart(row))));
      }
    }
    if (before != null) {
      requireBefore(training, before);
      for (SourceDomain source : sources.values()) {
        requireBefore(source.interactions(), before);
      }
      for (HeldOutUser user : test) {
        requireFrom(user, before);
      }
    }
  }

  /** Without a cut in time, of a catalogue without other targets. */
  public Experiment(
      DomainId target,
      RatingScale scale,
      Interactions training,
      Map<DomainId, SourceDomain> sources,
      List<HeldOutUser> test,
      Map<ItemId, CatalogueItem> catalogue,
      Map<UserId, UserProfile> profiles,
      List<String> attributes,
      String origin) {
    this(target, scale, training, sources, test, catalogue, profiles, attributes, origin, null, 0);
  }

  private static void requireBefore(Interactions data, long before) {
    for (int u = 0; u < data.users().size(); u++) {
      for (int at = data.rowStart(u); at < data.rowStart(u + 1); at++) {
        long time = data.rowTime(at);
        if (time == Interactions.UNTIMED || time >= before) {
          throw new IllegalArgumentException(
              "training data of "
                  + data.domain()
                  + " holds user "
                  + data.users().get(u)
                  + " with item "
                  + data.items().get(data.rowItem(at))
                  + " "
                  + at(time)
                  + ", which is not before the cut-off "
                  + Instant.ofEpochMilli(before));
        }
      }
    }
  }

  private static void requireFrom(HeldOutUser user, long before) {
    user.inOrder().stream()
        .filter(entry -> entry.timeMillis() < before)
        .findFirst()
        .ifPresent(
            entry -> {
              throw new IllegalArgumentException(
                  "held-out user "
                      + user.user()
                      + " has item "
                      + entry.item()
                      + " "
                      + at(entry.timeMillis())
                      + ", before the cut-off "
                      + Instant.ofEpochMilli(before));
            });
  }

  private static String at(long timeMillis) {
    return timeMillis == Interactions.UNTIMED
        ? "at no time"
        : "at " + Instant.ofEpochMilli(timeMillis);
  }

  /**
   * The same target and sources with other users held out, of the training data: what they did is
   * before any cut in time, which is therefore none of the new experiment's.
   */
  public Experiment within(Interactions less, List<HeldOutUser> users, String from) {
    return new Experiment(
        target, scale, less, sources, users, catalogue, profiles, attributes, from, null, pairs);
  }

  /** Whether the split says of each held-out user which interactions may be given. */
  public boolean fixesSupport() {
    return test.stream().allMatch(user -> user.support() != null);
  }

  /**
   * The same with supports that the split fixes in an order, so that a K takes the first ones:
   * oldest first, what has one time (or none) in an order of the seed.
   */
  public Experiment withSupportInOrder(long seed) {
    return new Experiment(
        target,
        scale,
        training,
        sources,
        test.stream().map(user -> user.ordered(seed)).toList(),
        catalogue,
        profiles,
        attributes,
        origin,
        before,
        pairs);
  }

  /** Training interactions that say that the user liked the item. */
  public Interactions positives() {
    return training.where(scale::isPositive);
  }

  /**
   * What the served models of the target are trained on.
   *
   * @param content neighbours of the target's items, null where items have no content
   */
  public ServedData served(@Nullable ContentNeighbours content) {
    return new ServedData(training, scale, sources, profiles, attributes, content, pairs);
  }
}
