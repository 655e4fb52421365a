package dev.thaw.serving.pipeline;

import dev.thaw.featuredefinitions.online.EntityKey;
import dev.thaw.featuredefinitions.online.FeatureRow;
import dev.thaw.featuredefinitions.online.OnlineReader;
import dev.thaw.featuredefinitions.online.RecentItems;
import dev.thaw.featuredefinitions.online.RecentItems.Recent;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.serving.breaker.Dependency;
import dev.thaw.serving.breaker.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** The one batched read of everything a request needs to know of its user. */
final class FeatureReader {
  private static final List<String> VIEWS =
      List.of(
          "user_history", "user_factors", "user_mapped", "user_domain_activity", "user_profile");

  private static final String ADAPTED = "user_adapted";

  private final OnlineReader store;
  private final RecentItems recents;
  private final Dependency dependency;
  private final Function<UserId, List<Recent>> acceptedHere;
  private final boolean withLayers;

  /**
   * @param withLayers whether layers adapted to the user are of use: they are most of what is read
   * @param acceptedHere what this very server accepted of a user, known even when the store is away
   */
  FeatureReader(
      OnlineReader store,
      RecentItems recents,
      Dependency dependency,
      Function<UserId, List<Recent>> acceptedHere,
      boolean withLayers) {
    this.withLayers = withLayers;
    this.store = store;
    this.recents = recents;
    this.dependency = dependency;
    this.acceptedHere = acceptedHere;
  }

  /**
   * Rows of one user in one domain; each empty if absent.
   *
   * @param recent of all domains, each item once, newest first
   */
  record UserRows(
      Optional<FeatureRow> history,
      Optional<FeatureRow> factors,
      Optional<FeatureRow> mapped,
      Optional<FeatureRow> activity,
      Optional<FeatureRow> profile,
      Optional<FeatureRow> adapted,
      List<Recent> recent) {}

  /** Completes with what could be read; what could not is named by the outcome. */
  CompletableFuture<Outcome<UserRows>> read(UserId user, DomainId domain, Duration patience) {
    return dependency.call(() -> rows(user, domain), patience);
  }

  /** What is known without the store. */
  UserRows withoutStore(UserId user) {
    return new UserRows(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        acceptedHere.apply(user));
  }

  private UserRows rows(UserId user, DomainId domain) {
    EntityKey inDomain = EntityKey.of("user_id", user.value(), "domain", domain.value());
    List<OnlineReader.Read> reads =
        new ArrayList<>(
            List.of(
                new OnlineReader.Read(VIEWS.get(0), inDomain),
                new OnlineReader.Read(VIEWS.get(1), inDomain),
                new OnlineReader.Read(VIEWS.get(2), inDomain),
                new OnlineReader.Read(VIEWS.get(3), inDomain),
                new OnlineReader.Read(VIEWS.get(4), EntityKey.of("user_id", user.value()))));
    if (withLayers) {
      reads.add(new OnlineReader.Read(ADAPTED, inDomain));
    }
    List<Optional<FeatureRow>> rows = store.read(reads);
    List<Recent> recent = merged(recents.of(user), acceptedHere.apply(user));
    return new UserRows(
        rows.get(0),
        rows.get(1),
        rows.get(2),
        rows.get(3),
        rows.get(4),
        withLayers ? rows.get(5) : Optional.empty(),
        recent);
  }

  /** Of an item in both the newest counts. */
  private static List<Recent> merged(List<Recent> everywhere, List<Recent> here) {
    if (here.isEmpty() || everywhere.containsAll(here)) {
      return everywhere;
    }
    Map<ItemId, Recent> newest = new HashMap<>();
    everywhere.forEach(each -> newest.put(each.item(), each));
    here.forEach(each -> newest.merge(each.item(), each, FeatureReader::newer));
    return newest.values().stream()
        .sorted(Comparator.comparing(Recent::acceptedAt).reversed())
        .toList();
  }

  private static Recent newer(Recent a, Recent b) {
    return a.acceptedAt().isBefore(b.acceptedAt()) ? b : a;
  }
}
