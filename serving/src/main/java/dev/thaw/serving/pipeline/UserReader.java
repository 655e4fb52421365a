package dev.thaw.serving.pipeline;

import dev.thaw.featuredefinitions.online.FeatureRow;
import dev.thaw.featuredefinitions.online.FeatureValue;
import dev.thaw.featuredefinitions.online.RecentItems.Recent;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.OnboardingAnswer;
import dev.thaw.featuredefinitions.vocabulary.OnboardingAnswer.Reply;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.featuredefinitions.vocabulary.UserProfile;
import dev.thaw.models.bridge.VectorBlend;
import dev.thaw.models.history.History;
import dev.thaw.models.sequential.SequentialModel;
import dev.thaw.serving.breaker.Degradation;
import dev.thaw.serving.catalogue.DomainCatalogue;
import dev.thaw.serving.pipeline.FeatureReader.UserRows;
import dev.thaw.serving.pipeline.UserState.MappedVector;
import dev.thaw.serving.pipeline.UserState.UserVector;
import dev.thaw.serving.snapshot.ActiveSet;
import dev.thaw.serving.snapshot.DomainModels;
import dev.thaw.serving.snapshot.LikedTogether;
import dev.thaw.vectorindex.VectorIndex;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Rows of the store to a {@link UserState} under one artefact set. A vector of another space than
 * the set's counts as missing unless it is the previous one beside it; a row older than its view
 * allows is left out where it describes the present, and named stale.
 */
final class UserReader {
  /** From here on the user's own vector ranks, and the segment is only a last resort. */
  private static final int LONG_HISTORY = 20;

  private static final Degradation STALE = new Degradation("features", "stale");

  private final Function<String, Duration> timeToLive;

  /**
   * @param timeToLive of a view's rows
   */
  UserReader(Function<String, Duration> timeToLive) {
    this.timeToLive = timeToLive;
  }

  UserState read(
      UserId user,
      UserRows rows,
      Map<String, String> context,
      DomainCatalogue catalogue,
      ActiveSet models,
      Instant now,
      Consumer<Degradation> report) {
    DomainModels domain = models.domain(catalogue.domain());
    History history = rows.history().map(History::of).orElse(History.EMPTY);
    Map<String, String> attributes = new HashMap<>(context);
    rows.profile().ifPresent(profile -> addAttributes(profile, attributes));
    List<OnboardingAnswer> answers = rows.profile().map(UserReader::answers).orElse(List.of());
    List<OnboardingAnswer> here =
        answers.stream().filter(each -> each.domain().equals(catalogue.domain())).toList();
    List<Recent> recent = inDomain(rows.recent(), catalogue);
    List<Recent> unseen = unseen(recent, history);
    // a vector folded in from onboarding likes ranks far better than their neighbours in content
    History told =
        history.interactions() < LONG_HISTORY
            ? AddedLikes.asOldest(history, here, domain.scale())
            : history;
    UserVector own = folded(rows, history, told, domain);
    MappedVector mapped = rows.mapped().map(row -> VectorRows.mapped(row, domain)).orElse(null);
    UserVector blend = blend(own, mapped, told, domain);
    History liked = AddedLikes.asNewest(told, likes(unseen), domain.scale());
    return new UserState(
        history,
        liked,
        knownLikes(liked, domain),
        items(recent),
        items(unseen),
        likes(unseen),
        own == null || blend == null ? own : blend.of(own.interactions()),
        mapped == null || blend == null ? mapped : mapped.with(blend),
        attributes,
        here,
        knownAnswers(liked, domain),
        rows.activity().map(row -> taste(row, models.content(), now, report)).orElse(null),
        domain.segment(
            new UserProfile(user, attributes, answers, now),
            history.interactions() < LONG_HISTORY ? history : History.EMPTY),
        rows.adapted().map(row -> LayerRows.read(row, domain.metaLearned(), report)).orElse(null),
        inSequence(liked, domain));
  }

  /** Who the context and this server's memory describe, where the rows say nothing. */
  UserState unknown(
      Map<String, String> context, UserRows rows, DomainCatalogue catalogue, ActiveSet models) {
    DomainModels domain = models.domain(catalogue.domain());
    List<Recent> recent = inDomain(rows.recent(), catalogue);
    History liked = AddedLikes.asNewest(History.EMPTY, likes(recent), domain.scale());
    return UserState.unknown(
        context,
        liked,
        knownLikes(liked, domain),
        inSequence(liked, domain),
        items(recent),
        likes(recent));
  }

  private static int knownLikes(History liked, DomainModels models) {
    LikedTogether together = models.itemToItem();
    return together == null ? 0 : together.model().counted(liked);
  }

  private static int knownAnswers(History liked, DomainModels models) {
    LikedTogether together = models.itemToItem();
    return together == null ? 0 : together.model().answers(liked);
  }

  private static int inSequence(History liked, DomainModels models) {
    SequentialModel sequential = models.sequential();
    return sequential == null ? 0 : sequential.counted(liked);
  }

  /**
   * The stored vector if it is of all that is known; else, for as long as the job has not reached
   * the user or where onboarding answers add to the history, one folded in here by the same
   * function. Zeros, of a user who liked nothing that the model knows, count as none.
   *
   * @param told the history with the onboarding answers
   */
  private static @Nullable UserVector folded(
      UserRows rows, History history, History told, DomainModels domain) {
    UserVector stored =
        told.entries().size() > history.entries().size()
            ? null
            : rows.factors()
                .filter(row -> reaches(row, rows.history()))
                .map(row -> VectorRows.vector(row, domain, "interactions"))
                .orElse(null);
    DomainModels.Factors factors = domain.factors();
    if (stored == null && factors != null && !told.entries().isEmpty()) {
      dev.thaw.models.factors.UserVector fresh = factors.model().foldIn(told);
      stored = new UserVector(fresh.vector(), fresh.bias(), history.interactions());
    }
    return stored == null || !VectorRows.pointsSomewhere(stored.vector()) ? null : stored;
  }

  /** Own and mapped vector as one; null where one is missing or the bridge is not to be used. */
  private static @Nullable UserVector blend(
      @Nullable UserVector own,
      @Nullable MappedVector mapped,
      History history,
      DomainModels models) {
    DomainModels.Factors factors = models.factors();
    if (own == null || mapped == null || factors == null || !mapped.bridgeEnabled()) {
      return null;
    }
    var vector =
        VectorBlend.of(
            modelVector(own),
            factors.model().counted(history),
            modelVector(mapped.vector()),
            models.bridgeTrust(mapped.source()));
    return new UserVector(vector.vector(), vector.bias(), 0);
  }

  private static dev.thaw.models.factors.UserVector modelVector(UserVector vector) {
    return dev.thaw.models.factors.UserVector.copyOf(vector.vector(), vector.bias());
  }

  /** Two jobs write the rows: whether the vector's has seen what the history's has. */
  private static boolean reaches(FeatureRow factors, Optional<FeatureRow> history) {
    return history.isEmpty()
        || (!factors.eventTime().isBefore(history.get().eventTime())
            && RowValues.number(factors, "interactions", 0)
                >= RowValues.number(history.get(), "interactions", 0));
  }

  private static List<Recent> unseen(List<Recent> recent, History history) {
    if (recent.isEmpty() || history.entries().isEmpty()) {
      return recent;
    }
    Set<ItemId> seen = new HashSet<>();
    history.entries().forEach(entry -> seen.add(entry.item()));
    return recent.stream().filter(each -> !seen.contains(each.item())).toList();
  }

  private static List<Recent> inDomain(List<Recent> recent, DomainCatalogue catalogue) {
    return recent.isEmpty()
        ? recent
        : recent.stream().filter(each -> catalogue.find(each.item()) != null).toList();
  }

  private static Set<ItemId> items(List<Recent> recent) {
    Set<ItemId> items = new LinkedHashSet<>();
    recent.forEach(each -> items.add(each.item()));
    return items;
  }

  private static List<ItemId> likes(List<Recent> recent) {
    return recent.stream().filter(Recent::positive).map(Recent::item).toList();
  }

  private float @Nullable [] taste(
      FeatureRow row, @Nullable VectorIndex content, Instant now, Consumer<Degradation> report) {
    if (content == null || !content.space().key().equals(RowValues.text(row, "taste_space"))) {
      return null;
    }
    if (row.eventTime().plus(timeToLive.apply("user_domain_activity")).isBefore(now)) {
      report.accept(STALE);
      return null;
    }
    return RowValues.floats(row, "taste");
  }

  private static void addAttributes(FeatureRow profile, Map<String, String> attributes) {
    for (String pair : RowValues.texts(profile, "attributes")) {
      int at = pair.indexOf('=');
      if (at > 0) {
        attributes.put(pair.substring(0, at), pair.substring(at + 1));
      }
    }
  }

  static List<OnboardingAnswer> answers(FeatureRow profile) {
    List<String> domains = RowValues.texts(profile, "onboarding_domains");
    List<String> items = RowValues.texts(profile, "onboarding_items");
    FeatureValue liked = profile.get("onboarding_liked").orElse(FeatureValue.MISSING);
    long[] replies = liked instanceof FeatureValue.Int64s list ? list.toArray() : new long[0];
    List<OnboardingAnswer> answers = new ArrayList<>();
    for (int i = 0; i < Math.min(replies.length, Math.min(domains.size(), items.size())); i++) {
      answers.add(
          new OnboardingAnswer(
              DomainId.of(domains.get(i)), ItemId.of(items.get(i)), Reply.of(replies[i])));
    }
    return answers;
  }
}
