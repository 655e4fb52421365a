package dev.thaw.featuredefinitions.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import dev.thaw.featuredefinitions.vocabulary.Assignment;
import dev.thaw.featuredefinitions.vocabulary.DecisionFeatures;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.EligibleArms;
import dev.thaw.featuredefinitions.vocabulary.Impression;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.RequestId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** One {@link Impression}; see {@code schema/impression.json}. */
record ImpressionForm(DomainDefinitions domains, WireLimits limits)
    implements RecordForm<Impression> {
  private static final FieldNames FIELDS =
      FieldNames.of(
          "request_id",
          "user_id",
          "domain",
          "time",
          "config_version",
          "model_version",
          "posterior_version",
          "context",
          "eligible",
          "newcomers",
          "slots",
          "stage",
          "method",
          "fallbacks",
          "degraded",
          "experiment",
          "features");
  private static final List<String> STAGES = List.of("0", "1-2", "3-19", "20+");

  @Override
  public Impression read(JsonCursor in) throws IOException {
    RequestId requestId = null;
    UserId userId = null;
    DomainId domain = null;
    Instant time = null;
    String configVersion = null;
    String modelVersion = null;
    String posteriorVersion = null;
    Map<String, String> context = Map.of();
    List<ItemId> eligible = List.of();
    Integer newcomers = null;
    List<Impression.Slot> slots = null;
    String stage = null;
    String method = null;
    List<String> fallbacks = List.of();
    List<String> degraded = List.of();
    Assignment assignment = Assignment.NONE;
    DecisionFeatures features = DecisionFeatures.NONE;
    while (in.next(FIELDS)) {
      switch (in.name()) {
        case "request_id" -> requestId = RequestId.of(in.text());
        case "user_id" -> userId = UserId.of(in.text());
        case "domain" -> domain = DomainField.read(in, domains).name();
        case "time" -> time = in.time(limits.maxFutureSkew());
        case "config_version" -> configVersion = in.text(WireLimits.MAX_CATEGORY);
        case "model_version" -> modelVersion = in.text(WireLimits.MAX_CATEGORY);
        case "posterior_version" -> posteriorVersion = in.text(WireLimits.MAX_CATEGORY);
        case "context" -> context = Contexts.read(in);
        case "eligible" -> eligible = eligible(in);
        case "newcomers" -> newcomers = (int) in.integer(0, EligibleArms.MAX);
        case "slots" -> slots = in.objects(WireLimits.MAX_SLOTS, ImpressionParts::slot);
        case "stage" -> stage = stage(in);
        case "method" -> method = in.text(WireLimits.MAX_CATEGORY);
        case "fallbacks" -> fallbacks = words(in);
        case "degraded" -> degraded = words(in);
        case "experiment" -> assignment = in.object(ImpressionParts::assignment);
        default -> features = in.object(ImpressionParts::features);
      }
    }
    if (newcomers != null && newcomers > eligible.size()) {
      throw in.fault(
          "newcomers", newcomers, "must be at most the " + eligible.size() + " eligible arms");
    }
    return new Impression(
        in.require("request_id", requestId),
        in.require("user_id", userId),
        in.require("domain", domain),
        in.require("time", time),
        in.require("config_version", configVersion),
        in.require("model_version", modelVersion),
        in.require("posterior_version", posteriorVersion),
        context,
        new EligibleArms(eligible, newcomers),
        in.require("slots", slots),
        in.require("stage", stage),
        in.require("method", method),
        fallbacks,
        degraded,
        assignment,
        features);
  }

  private static List<ItemId> eligible(JsonCursor in) throws IOException {
    return in.textList(EligibleArms.MAX, Integer.MAX_VALUE).stream().map(ItemId::of).toList();
  }

  private static List<String> words(JsonCursor in) throws IOException {
    return in.textList(WireLimits.MAX_CATEGORIES, WireLimits.MAX_CATEGORY);
  }

  private static String stage(JsonCursor in) throws IOException {
    String stage = in.text();
    if (!STAGES.contains(stage)) {
      throw in.fault("must be one of " + String.join(", ", STAGES));
    }
    return stage;
  }

  @Override
  public void write(Impression impression, JsonGenerator out) throws IOException {
    out.writeStringField("request_id", impression.requestId().value());
    out.writeStringField("user_id", impression.userId().value());
    out.writeStringField("domain", impression.domain().value());
    out.writeStringField("time", impression.time().toString());
    out.writeStringField("config_version", impression.configVersion());
    out.writeStringField("model_version", impression.modelVersion());
    out.writeStringField("posterior_version", impression.posteriorVersion());
    Fields.texts(out, "context", impression.context());
    ImpressionParts.write(impression.eligible(), out);
    ImpressionParts.write(impression.slots(), out);
    out.writeStringField("stage", impression.stage());
    out.writeStringField("method", impression.method());
    Fields.texts(out, "fallbacks", impression.fallbacks());
    Fields.texts(out, "degraded", impression.degraded());
    ImpressionParts.write(impression.assignment(), out);
    ImpressionParts.write(impression.features(), out);
  }
}
