package dev.thaw.serving.pipeline;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.Embedding;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.onboarding.QuestionChooser;
import dev.thaw.serving.api.CallerFault;
import dev.thaw.serving.api.OnboardingQuestions;
import dev.thaw.serving.api.SimilarAnswer;
import dev.thaw.serving.breaker.Dependency;
import dev.thaw.serving.catalogue.Catalogue;
import dev.thaw.serving.catalogue.ServedItem;
import dev.thaw.serving.snapshot.ActiveSets;
import dev.thaw.serving.snapshot.DomainRanks;
import dev.thaw.serving.snapshot.Snapshots;
import dev.thaw.vectorindex.Neighbour;
import dev.thaw.vectorindex.SearchFilter;
import dev.thaw.vectorindex.VectorIndex;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Calls about items rather than users: similar ones, and those to ask a new user about. */
public final class Browsing {
  private static final QuestionChooser QUESTIONS = QuestionChooser.DEFAULT;

  private final Catalogue catalogue;
  private final Snapshots snapshots;
  private final ActiveSets models;
  private final Dependency index;
  private final Duration deadline;
  private final boolean byEvidence;

  /**
   * @param byEvidence whether new users are asked about what tells most of them, where a
   *     meta-learned model says what that is
   */
  public Browsing(
      Catalogue catalogue,
      Snapshots snapshots,
      ActiveSets models,
      Dependency index,
      Duration deadline,
      boolean byEvidence) {
    this.byEvidence = byEvidence;
    this.catalogue = catalogue;
    this.snapshots = snapshots;
    this.models = models;
    this.index = index;
    this.deadline = deadline;
  }

  /**
   * Available items of the same domain by content; by popularity in its categories where the index
   * is away or the item has no vector.
   *
   * @throws CallerFault if the item is unknown
   */
  public CompletableFuture<SimilarAnswer> similar(ItemId id, int k) {
    ServedItem item = catalogue.find(id);
    if (item == null) {
      throw CallerFault.unknown("id", id.value());
    }
    VectorIndex content = models.current().content();
    if (content == null) {
      return CompletableFuture.completedFuture(popular(item, k, List.of("vector-index:missing")));
    }
    return index
        .call(() -> near(content, item, k), deadline)
        .thenApply(
            outcome -> {
              List<String> degraded = new ArrayList<>();
              return outcome
                  .orElse(Optional.empty(), why -> degraded.add(why.toString()))
                  .orElseGet(() -> popular(item, k, degraded));
            });
  }

  private Optional<SimilarAnswer> near(VectorIndex content, ServedItem item, int k) {
    Embedding vector = content.get(item.id()).orElse(null);
    if (vector == null) {
      return Optional.empty();
    }
    SearchFilter filter =
        SearchFilter.availableIn(item.record().domain()).without(Set.of(item.id()));
    List<SimilarAnswer.Similar> found = new ArrayList<>();
    for (Neighbour each : content.search(vector, k, filter)) {
      ServedItem near = catalogue.find(each.itemId());
      if (near != null && near.eligible()) {
        found.add(similar(near, each.similarity()));
      }
    }
    return found.isEmpty()
        ? Optional.empty()
        : Optional.of(new SimilarAnswer(item.id(), found, "content", List.of()));
  }

  private SimilarAnswer popular(ServedItem item, int k, List<String> degraded) {
    DomainRanks ranks = snapshots.of(item.record().domain());
    List<Scored> found =
        new ArrayList<>(
            PopularityWalk.walk(
                ranks,
                null,
                Eligibility.in(ranks.catalogue(), item.categories(), List.of(item.id())),
                List.of(),
                k));
    if (found.size() < k) {
      found.addAll(
          PopularityWalk.walk(
              ranks,
              null,
              Eligibility.in(ranks.catalogue(), List.of(), List.of(item.id())),
              found,
              k - found.size()));
    }
    return new SimilarAnswer(
        item.id(),
        found.stream().map(each -> similar(each.item(), 0)).toList(),
        "popularity",
        degraded);
  }

  private static SimilarAnswer.Similar similar(ServedItem item, double similarity) {
    return new SimilarAnswer.Similar(item.id(), item.record().title(), similarity);
  }

  /**
   * @throws CallerFault if the domain is unknown
   */
  public OnboardingQuestions onboarding(DomainId domain, int k) {
    if (catalogue.domain(domain) == null) {
      throw CallerFault.of(
          "domain",
          domain,
          "one of " + catalogue.domains().stream().map(each -> each.domain().value()).toList());
    }
    List<ServedItem> known = List.copyOf(askable(snapshots.of(domain)));
    List<OnboardingQuestions.Question> questions = new ArrayList<>();
    for (ServedItem item : QUESTIONS.choose(known, ServedItem::categories, k)) {
      questions.add(
          new OnboardingQuestions.Question(item.id(), item.record().title(), item.categories()));
    }
    return new OnboardingQuestions(domain, questions);
  }

  /** Items people can be asked about, best first; popular ones where the evidence ends. */
  private Collection<ServedItem> askable(DomainRanks ranks) {
    Map<ItemId, ServedItem> askable = new LinkedHashMap<>();
    Eligibility eligibility = Eligibility.in(ranks.catalogue(), List.of());
    if (byEvidence) {
      for (ItemId id : models.current().domain(ranks.catalogue().domain()).evidence()) {
        ServedItem item = ranks.catalogue().find(id);
        if (item != null && eligibility.admits(item)) {
          askable.put(id, item);
        }
      }
    }
    for (Scored each : PopularityWalk.walk(ranks, null, eligibility, List.of(), QUESTIONS.pool())) {
      askable.putIfAbsent(each.item().id(), each.item());
    }
    askable.values().removeIf(ServedItem::withoutMetadata);
    return askable.values();
  }
}
