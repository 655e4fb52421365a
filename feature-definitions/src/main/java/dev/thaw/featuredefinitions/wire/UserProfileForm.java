package dev.thaw.featuredefinitions.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.OnboardingAnswer;
import dev.thaw.featuredefinitions.vocabulary.OnboardingAnswer.Reply;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.featuredefinitions.vocabulary.UserProfile;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** One {@link UserProfile}; see {@code schema/profile.json}. */
record UserProfileForm(DomainDefinitions domains, WireLimits limits)
    implements RecordForm<UserProfile> {
  private static final FieldNames FIELDS =
      FieldNames.of("user_id", "attributes", "onboarding", "time");
  private static final FieldNames ANSWER = FieldNames.of("domain", "item_id", "liked", "unknown");

  @Override
  public UserProfile read(JsonCursor in) throws IOException {
    UserId userId = null;
    Map<String, String> attributes = Map.of();
    List<OnboardingAnswer> onboarding = List.of();
    Instant time = in.now().equals(Instant.MAX) ? null : in.now();
    while (in.next(FIELDS)) {
      switch (in.name()) {
        case "user_id" -> userId = UserId.of(in.text());
        case "attributes" -> attributes = Contexts.attributes(in);
        case "onboarding" ->
            onboarding = in.objects(WireLimits.MAX_ONBOARDING_ANSWERS, this::answer);
        default -> time = in.time(limits.maxFutureSkew());
      }
    }
    return new UserProfile(
        in.require("user_id", userId), attributes, onboarding, in.require("time", time));
  }

  private OnboardingAnswer answer(JsonCursor in) throws IOException {
    DomainId domain = null;
    ItemId itemId = null;
    Boolean liked = null;
    boolean unknown = false;
    while (in.next(ANSWER)) {
      switch (in.name()) {
        case "domain" -> domain = DomainField.read(in, domains).name();
        case "item_id" -> itemId = ItemId.of(in.text());
        case "liked" -> liked = in.flag();
        default -> unknown = in.flag();
      }
    }
    return new OnboardingAnswer(
        in.require("domain", domain),
        in.require("item_id", itemId),
        reply(in.require("liked", liked), unknown, in));
  }

  private static Reply reply(boolean liked, boolean unknown, JsonCursor in) {
    if (liked && unknown) {
      throw in.faultOf("unknown", true, "must be false of an item that is liked");
    }
    return liked ? Reply.YES : unknown ? Reply.UNKNOWN : Reply.NO;
  }

  @Override
  public void write(UserProfile profile, JsonGenerator out) throws IOException {
    out.writeStringField("user_id", profile.userId().value());
    Fields.texts(out, "attributes", profile.attributes());
    if (!profile.onboarding().isEmpty()) {
      out.writeArrayFieldStart("onboarding");
      for (OnboardingAnswer answer : profile.onboarding()) {
        out.writeStartObject();
        out.writeStringField("domain", answer.domain().value());
        out.writeStringField("item_id", answer.itemId().value());
        out.writeBooleanField("liked", answer.liked());
        if (answer.reply() == Reply.UNKNOWN) {
          out.writeBooleanField("unknown", true);
        }
        out.writeEndObject();
      }
      out.writeEndArray();
    }
    out.writeStringField("time", profile.time().toString());
  }
}
