package dev.thaw.featuredefinitions.wire;

import dev.thaw.featuredefinitions.vocabulary.Assignment;
import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.DecisionFeatures;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.EligibleArms;
import dev.thaw.featuredefinitions.vocabulary.Embedding;
import dev.thaw.featuredefinitions.vocabulary.Event;
import dev.thaw.featuredefinitions.vocabulary.EventId;
import dev.thaw.featuredefinitions.vocabulary.EventType;
import dev.thaw.featuredefinitions.vocabulary.Impression;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.Metric;
import dev.thaw.featuredefinitions.vocabulary.OnboardingAnswer;
import dev.thaw.featuredefinitions.vocabulary.RequestId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.featuredefinitions.vocabulary.UserProfile;
import dev.thaw.featuredefinitions.vocabulary.VectorSpace;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Any valid record, with all of Unicode in its texts. */
final class Records {
  private Records() {}

  private static final Arbitrary<Integer> CODE_POINTS =
      Arbitraries.integers()
          .between(' ', 0x10FFFF)
          .filter(c -> c != 0x7F && (c < 0xD800 || c > 0xDFFF))
          .edgeCases(edges -> edges.add(0x22, 0x5C, 0x61, 0x85, 0x2028, 0xFFFF, 0x1F600));

  static Arbitrary<String> texts(int minLength, int maxLength) {
    return CODE_POINTS
        .array(int[].class)
        .ofMinSize(minLength)
        .ofMaxSize(maxLength)
        .map(points -> new String(points, 0, points.length));
  }

  static Arbitrary<Instant> times() {
    return Combinators.combine(
            Arbitraries.longs().between(0, Instant.parse("9999-12-31T23:59:59Z").getEpochSecond()),
            Arbitraries.of(0, 1, 120_000_000, 999_999_999))
        .as(Instant::ofEpochSecond);
  }

  static Arbitrary<DomainId> domains() {
    return Arbitraries.of("movies", "books").map(DomainId::of);
  }

  static Arbitrary<Map<String, String>> words() {
    return Arbitraries.maps(texts(1, 8), texts(0, 12)).ofMaxSize(4);
  }

  static Arbitrary<ItemId> itemIds() {
    return texts(1, 256).map(ItemId::of);
  }

  private static Arbitrary<UserId> userIds() {
    return texts(1, 20).map(UserId::of);
  }

  private static Arbitrary<Double> propensities() {
    return Arbitraries.doubles().between(0, false, 1, true).ofScale(6);
  }

  static Arbitrary<Event> events() {
    Arbitrary<Event> plain =
        Combinators.combine(
                texts(1, 20).map(EventId::of),
                userIds(),
                itemIds(),
                domains(),
                Arbitraries.of(EventType.SHIPPED),
                times(),
                words(),
                Arbitraries.doubles().between(0.5, 5).ofScale(4))
            .as(
                (id, user, item, domain, type, time, context, number) -> {
                  boolean valued = type.equals(EventType.RATING) || type.equals(EventType.PURCHASE);
                  Double value = valued ? number : null;
                  return new Event(
                      id, user, item, domain, type, value, time, context, null, null, null);
                });
    Arbitrary<RequestId> requests = texts(1, 20).map(RequestId::of);
    return Combinators.combine(
            plain,
            requests,
            Arbitraries.integers().between(0, 100),
            propensities().injectNull(0.3),
            Arbitraries.of(true, false))
        .as(
            (event, request, slot, propensity, answered) ->
                answered ? event.inResponseTo(request, slot, propensity) : event);
  }

  static Arbitrary<CatalogueItem> items() {
    return Combinators.combine(itemsWithoutImage(), texts(0, 40))
        .as(
            (item, image) ->
                new CatalogueItem(
                    item.itemId(),
                    item.domain(),
                    item.title(),
                    item.description(),
                    item.categories(),
                    item.attributes(),
                    image,
                    item.available(),
                    item.time()));
  }

  private static Arbitrary<CatalogueItem> itemsWithoutImage() {
    return Combinators.combine(
            itemIds(),
            domains(),
            texts(0, 30),
            texts(0, 200),
            texts(0, 10).list().ofMaxSize(4),
            words(),
            Arbitraries.of(true, false),
            times())
        .as(CatalogueItem::new);
  }

  static Arbitrary<UserProfile> profiles() {
    Arbitrary<List<OnboardingAnswer>> answers =
        Combinators.combine(domains(), itemIds(), Arbitraries.of(OnboardingAnswer.Reply.values()))
            .as(OnboardingAnswer::new)
            .list()
            .ofMaxSize(4);
    return Combinators.combine(userIds(), words(), answers, times()).as(UserProfile::new);
  }

  static Arbitrary<Impression> impressions() {
    Arbitrary<List<Impression.Slot>> slots =
        Combinators.combine(
                Arbitraries.integers().between(0, 999),
                itemIds(),
                Arbitraries.doubles().between(-1e6, 1e6),
                propensities(),
                texts(0, 10))
            .as(Impression.Slot::new)
            .list()
            .ofMaxSize(4);
    Arbitrary<List<String>> versions = texts(0, 20).list().ofSize(4);
    Arbitrary<List<List<String>>> lists = texts(0, 10).list().ofMaxSize(3).list().ofSize(2);
    return Combinators.combine(
            texts(1, 20).map(RequestId::of),
            userIds(),
            domains(),
            times(),
            versions,
            eligible(),
            Combinators.combine(slots, assignments(), features()).as(ShownSlots::new),
            lists)
        .as(
            (request, user, domain, time, words, eligible, shown, tried) ->
                new Impression(
                    request,
                    user,
                    domain,
                    time,
                    words.get(0),
                    words.get(1),
                    words.get(2),
                    Map.of("device", words.get(3)),
                    eligible,
                    shown.slots(),
                    "1-2",
                    words.get(3),
                    tried.get(0),
                    tried.get(1),
                    shown.assignment(),
                    shown.features()));
  }

  private static Arbitrary<EligibleArms> eligible() {
    return Combinators.combine(itemIds().list().ofMaxSize(5), Arbitraries.integers().between(0, 5))
        .as((items, newcomers) -> new EligibleArms(items, Math.min(newcomers, items.size())))
        .injectNull(0.2)
        .map(marked -> marked == null ? EligibleArms.unmarked(List.of()) : marked);
  }

  private record ShownSlots(
      List<Impression.Slot> slots, Assignment assignment, DecisionFeatures features) {}

  private static Arbitrary<Assignment> assignments() {
    Arbitrary<String> names =
        Arbitraries.strings().withCharRange('a', 'z').ofMinLength(1).ofMaxLength(63);
    return Combinators.combine(names, names)
        .as(Assignment::new)
        .injectNull(0.2)
        .map(assignment -> assignment == null ? Assignment.NONE : assignment);
  }

  private static Arbitrary<DecisionFeatures> features() {
    return Combinators.combine(
            texts(1, 20),
            Arbitraries.floats().between(-1e6f, 1e6f).list().ofMinSize(1).ofMaxSize(5))
        .as(DecisionFeatures::new)
        .injectNull(0.2)
        .map(features -> features == null ? DecisionFeatures.NONE : features);
  }

  static Arbitrary<ItemVector> itemVectors() {
    Arbitrary<float[]> vectors = Arbitraries.floats().array(float[].class).ofSize(3);
    return Combinators.combine(itemIds(), texts(1, 9), Arbitraries.of(Metric.values()), vectors)
        .as(
            (item, version, metric, vector) ->
                new ItemVector(
                    item,
                    Embedding.copyOf(new VectorSpace("content", version, 3, metric), vector)));
  }

  static Arbitrary<DeadLetter> deadLetters() {
    Arbitrary<byte[]> inputs =
        Arbitraries.oneOf(
            Arbitraries.bytes().array(byte[].class).ofMaxSize(50),
            texts(0, 50).map(text -> text.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    Arbitrary<Rejection> rejections =
        Combinators.combine(texts(0, 10), texts(0, 300), texts(1, 30)).as(Rejection::new);
    return Combinators.combine(
            texts(1, 20),
            Arbitraries.longs().between(0, Long.MAX_VALUE),
            rejections,
            inputs,
            times(),
            texts(0, 10))
        .as(
            (source, position, why, input, time, job) ->
                DeadLetter.of(source, position, why, input, time).by(job));
  }
}
