package dev.thaw.models.served;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.featuredefinitions.vocabulary.UserProfile;
import dev.thaw.models.content.ContentNeighbours;
import dev.thaw.models.history.History;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.RatingScale;
import dev.thaw.models.interactions.UserAttributes;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What the models of one domain are trained on.
 *
 * @param interactions of the domain, liked or not; its items are the whole catalogue
 * @param scale says which of them are liked
 * @param sources the other domains whose users may be mapped into this one, with everybody
 * @param attributes profile attributes that segments may use
 * @param content neighbours of the domain's items, null where items have no content
 * @param pairs of domains that share enough users for a bridge, in the whole catalogue; those into
 *     this domain are decided among so many
 */
public record ServedData(
    Interactions interactions,
    RatingScale scale,
    Map<DomainId, SourceDomain> sources,
    Map<UserId, UserProfile> profiles,
    List<String> attributes,
    @Nullable ContentNeighbours content,
    int pairs) {
  /** Copies; the sources iterate by their ids, so that a seed says everything. */
  public ServedData {
    sources = Collections.unmodifiableMap(new TreeMap<>(sources));
    profiles = Map.copyOf(profiles);
    attributes = List.copyOf(attributes);
    pairs = Math.max(pairs, sources.size());
  }

  /** Of a catalogue without other targets. */
  public ServedData(
      Interactions interactions,
      RatingScale scale,
      Map<DomainId, SourceDomain> sources,
      Map<UserId, UserProfile> profiles,
      List<String> attributes,
      @Nullable ContentNeighbours content) {
    this(interactions, scale, sources, profiles, attributes, content, 0);
  }

  /** Interactions that say that the user liked the item. */
  public Interactions positives() {
    return interactions.where(scale::isPositive);
  }

  /** What profiles say of users, as far as models may use it. */
  public UserAttributes userAttributes() {
    return UserAttributes.of(attributes, profiles);
  }

  /** The same without what other users did in the domain; what they did elsewhere stays known. */
  public ServedData ofUsers(Predicate<UserId> trained) {
    return new ServedData(
        interactions.ofUsers(trained), scale, sources, profiles, attributes, content, pairs);
  }

  /**
   * What may be known of one of the users.
   *
   * @param support the part of the history in the domain that is known
   */
  public Evidence evidence(UserId user, History support) {
    return evidence(user, support, Long.MAX_VALUE);
  }

  /**
   * The same at some time: what the user did elsewhere from then on is not known, what has no time
   * is.
   *
   * @param at epoch milliseconds
   */
  public Evidence evidence(UserId user, History support, long at) {
    Map<DomainId, History> elsewhere = new HashMap<>();
    sources.forEach(
        (source, data) -> {
          History all = data.interactions().history(user);
          History known = at == Long.MAX_VALUE ? all : before(at, all);
          if (!known.entries().isEmpty()) {
            elsewhere.put(source, known);
          }
        });
    return new Evidence(user, support, elsewhere, profiles.get(user));
  }

  private static History before(long at, History all) {
    return all.only(entry -> entry.timeMillis() < at);
  }
}
