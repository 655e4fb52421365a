package dev.thaw.launcher.tour;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Users and items that arrive during the tour, by way of the API. */
final class Newcomers {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration PAUSE = Duration.ofMillis(10);

  private final ApiClient api;
  private final Cast cast;
  private final InstantSource clock;
  private final String arrival;
  private int events;

  Newcomers(ApiClient api, Cast cast, InstantSource clock) {
    this.api = api;
    this.cast = cast;
    this.clock = clock;
    // a second tour over the same data meets new strangers
    this.arrival = Long.toString(clock.instant().getEpochSecond(), 36);
  }

  UserId stranger() {
    return UserId.of("stranger-" + arrival);
  }

  /** Answers the questions that the server asks: yes to one category, no to the others. */
  UserId onboarded(DomainId domain) {
    UserId user = UserId.of("onboarded-" + arrival);
    JsonNode questions = api.onboarding(domain, 8);
    String liking = "";
    ObjectNode profile = JSON.createObjectNode();
    profile.put("user_id", user.value()).put("time", clock.instant().toString());
    ArrayNode answers = profile.putArray("onboarding");
    for (JsonNode question : questions.path("items")) {
      String category = question.path("categories").path(0).asText();
      liking = liking.isEmpty() ? category : liking;
      answers
          .addObject()
          .put("domain", domain.value())
          .put("item_id", question.path("id").asText())
          .put("liked", category.equals(liking));
    }
    accepted(api.postUser(profile.toString()));
    await(() -> api.user(user), known -> !known.path("onboarding").isEmpty());
    return user;
  }

  /** A user who has just liked so many items. */
  UserId after(DomainId domain, int interactions) {
    UserId user = UserId.of("visitor-" + interactions + "-" + arrival);
    var unused = likeAndWait(user, domain, likes(domain, interactions));
    return user;
  }

  /** Well-known items of the category that is the commonest. */
  List<ItemId> likes(DomainId domain, int n) {
    String category = cast.commonestCategory(domain).orElse("");
    return cast.bestKnown(domain, category, n).stream().map(CatalogueItem::itemId).toList();
  }

  /**
   * How long after a post something of it was seen.
   *
   * @param route milliseconds until the route's stage changed, by what the server itself remembers
   * @param features milliseconds until the jobs had written the user's new history
   */
  record Seen(long route, long features) {}

  /** Posts likes and waits until the route and the jobs' features have changed. */
  Seen likeAndWait(UserId user, DomainId domain, List<ItemId> items) {
    String before = stage(api.user(user), domain);
    List<String> lines = new ArrayList<>();
    for (ItemId item : items) {
      lines.add(liking(user, domain, item).toString());
    }
    long begun = System.nanoTime();
    accepted(api.postEvents(lines));
    await(() -> api.user(user), known -> !stage(known, domain).equals(before));
    long route = System.nanoTime();
    await(() -> api.user(user), known -> remembered(known, domain) >= items.size());
    return new Seen((route - begun) / 1_000_000, (System.nanoTime() - begun) / 1_000_000);
  }

  private ObjectNode liking(UserId user, DomainId domain, ItemId item) {
    ObjectNode event = JSON.createObjectNode();
    event.put("event_id", "tour-" + arrival + "-" + events++);
    event.put("user_id", user.value()).put("item_id", item.value());
    event.put("domain", domain.value()).put("type", "like");
    event.put("time", clock.instant().toString());
    return event;
  }

  /** One of many, none of whom was there before. */
  UserId visitor(int round, int number) {
    return UserId.of("visitor-" + arrival + "-" + round + "-" + number);
  }

  /** Likes what an answer showed. */
  void like(UserId user, DomainId domain, ItemId item, String request) {
    ObjectNode event = liking(user, domain, item).put("request_id", request);
    accepted(api.postEvents(List.of(event.toString())));
  }

  CatalogueItem described(DomainId domain) {
    String category = cast.commonestCategory(domain).orElse("New");
    String like =
        cast.bestKnown(domain, category, 1).stream()
            .map(CatalogueItem::title)
            .findFirst()
            .orElse("");
    return post(
        Cast.newcomer(
            "new-" + domain + "-" + arrival,
            domain,
            like + " returns",
            List.of(category),
            clock.instant()));
  }

  CatalogueItem blank(DomainId domain) {
    return post(
        Cast.newcomer("blank-" + domain + "-" + arrival, domain, "", List.of(), clock.instant()));
  }

  /** The neighbours of an item as soon as it is encoded. */
  JsonNode untilSimilar(ItemId item, int k) {
    return await(
        () -> api.similar(item, k), answer -> "content".equals(answer.path("source").asText()));
  }

  private CatalogueItem post(CatalogueItem item) {
    ObjectNode record = JSON.createObjectNode();
    record.put("item_id", item.itemId().value()).put("domain", item.domain().value());
    record.put("title", item.title()).put("time", item.time().toString());
    ArrayNode categories = record.putArray("categories");
    item.categories().forEach(categories::add);
    accepted(api.postItem(record.toString()));
    cast.adopt(item);
    return item;
  }

  private static String stage(JsonNode user, DomainId domain) {
    return user.path("routes").path(domain.value()).path("stage").asText();
  }

  /** Interactions in the history that the jobs have stored. */
  private static long remembered(JsonNode user, DomainId domain) {
    return user.path("features")
        .path(domain.value())
        .path("user_history")
        .path("interactions")
        .asLong();
  }

  private static void accepted(JsonNode report) {
    if (report.path("accepted").asInt() == 0) {
      throw new IllegalStateException("the server did not take what was posted: " + report);
    }
  }

  private static <T> T await(Supplier<T> question, Predicate<T> enough) {
    long until = System.nanoTime() + PATIENCE.toNanos();
    T answer = question.get();
    while (!enough.test(answer)) {
      if (System.nanoTime() > until) {
        throw new IllegalStateException(
            "nothing changed within " + PATIENCE.toSeconds() + " s, the last answer was " + answer);
      }
      LockSupport.parkNanos(PAUSE.toNanos());
      answer = question.get();
    }
    return answer;
  }
}
