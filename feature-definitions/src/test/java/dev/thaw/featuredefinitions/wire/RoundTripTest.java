package dev.thaw.featuredefinitions.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.Event;
import dev.thaw.featuredefinitions.vocabulary.Impression;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.featuredefinitions.vocabulary.UserProfile;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What was written is read as the same value, and written again as the same bytes. */
class RoundTripTest {
  private static final DomainDefinitions DOMAINS = DomainDefinitions.shipped();
  private static final WireLimits LIMITS = WireLimits.DEFAULT;

  @Property(tries = 200, seed = "7")
  void events(@ForAll("anEvent") Event event) {
    returns(WireFormats.events(DOMAINS, LIMITS), event);
  }

  @Property(tries = 100, seed = "7")
  void items(@ForAll("anItem") CatalogueItem item) {
    returns(WireFormats.items(DOMAINS, LIMITS), item);
  }

  @Property(tries = 100, seed = "7")
  void profiles(@ForAll("aProfile") UserProfile profile) {
    returns(WireFormats.profiles(DOMAINS, LIMITS), profile);
  }

  @Property(tries = 100, seed = "7")
  void impressions(@ForAll("anImpression") Impression impression) {
    returns(WireFormats.impressions(DOMAINS, LIMITS), impression);
  }

  @Property(tries = 100, seed = "7")
  void itemVectors(@ForAll("anItemVector") ItemVector vector) {
    returns(WireFormats.itemVectors(), vector);
  }

  @Property(tries = 100, seed = "7")
  void deadLetters(@ForAll("aDeadLetter") DeadLetter letter) {
    returns(WireFormats.deadLetters(), letter);
  }

  @Property(tries = 50, seed = "7")
  void smallRecordsOfTheJobs(@ForAll("aTime") Instant time, @ForAll boolean cold) {
    returns(WireFormats.itemFlags(), new ItemFlag(ItemId.of("i"), cold, time));
    returns(
        WireFormats.userSegments(),
        new UserSegment(UserId.of("u"), DomainId.of("movies"), "*", time));
    for (ArtefactAnnouncement.Status status : ArtefactAnnouncement.Status.values()) {
      returns(
          WireFormats.artefactAnnouncements(),
          new ArtefactAnnouncement("v1", "file:///tmp/a", time, status));
    }
    for (Erasure erasure :
        List.of(Erasure.of(UserId.of("u"), time), Erasure.of(ItemId.of("i"), time))) {
      assertThat(Erasures.isErasure(Erasures.write(erasure))).isTrue();
      assertThat(Erasures.read(Erasures.write(erasure)).orElseThrow()).isEqualTo(erasure);
    }
    assertThat(Ticks.isTick(Ticks.write(time))).isTrue();
    assertThat(Ticks.read(Ticks.write(time)).orElseThrow()).isEqualTo(time);
  }

  @Example
  void lettersFromBeforeJobsSignedThemAreRead() {
    DeadLetter letter =
        DeadLetter.of("events/1", 7, new Rejection("time", "", "why"), new byte[0], Instant.EPOCH);
    String signed = WireFormats.deadLetters().writeText(letter.by("user-features"));
    String unsigned = signed.replace(",\"job\":\"user-features\"", "");
    assertThat(unsigned)
        .isNotEqualTo(signed)
        .isEqualTo(WireFormats.deadLetters().writeText(letter));
    assertThat(WireFormats.deadLetters().read(unsigned, Instant.MAX).orElseThrow())
        .isEqualTo(letter);
  }

  private static <T> void returns(WireFormat<T> format, T value) {
    byte[] bytes = format.write(value);

    T read = format.read(bytes, Instant.MAX).orElseThrow();

    assertThat(read).isEqualTo(value);
    assertThat(format.write(read)).isEqualTo(bytes);
  }

  @Provide
  Arbitrary<Event> anEvent() {
    return Records.events();
  }

  @Provide
  Arbitrary<CatalogueItem> anItem() {
    return Records.items();
  }

  @Provide
  Arbitrary<UserProfile> aProfile() {
    return Records.profiles();
  }

  @Provide
  Arbitrary<Impression> anImpression() {
    return Records.impressions();
  }

  @Provide
  Arbitrary<ItemVector> anItemVector() {
    return Records.itemVectors();
  }

  @Provide
  Arbitrary<DeadLetter> aDeadLetter() {
    return Records.deadLetters();
  }

  @Provide
  Arbitrary<Instant> aTime() {
    return Records.times();
  }
}
