package dev.thaw.serving.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import dev.thaw.featuredefinitions.wire.Utf8;
import dev.thaw.serving.explain.Explanation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers to JSON bytes, names in snake case as the wire forms have them. */
final class AnswerWriter {
  private static final JsonFactory JSON = new JsonFactory();

  private AnswerWriter() {}

  private interface Body {
    void write(JsonGenerator json) throws IOException;
  }

  private static byte[] bytes(int expected, Body body) {
    ByteArrayBuilder out = new ByteArrayBuilder(expected);
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      body.write(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  static byte[] recommendation(RecommendationAnswer answer) {
    return bytes(
        2048,
        json -> {
          json.writeStringField("request_id", answer.requestId().value());
          json.writeArrayFieldStart("items");
          for (RecommendationAnswer.Item item : answer.items()) {
            json.writeStartObject();
            json.writeStringField("id", item.itemId().value());
            json.writeNumberField("score", finite(item.score()));
            json.writeStringField("source", item.source());
            json.writeNumberField("slot", item.slot());
            json.writeNumberField("propensity", item.propensity());
            explanation(json, item.explanation());
            json.writeEndObject();
          }
          json.writeEndArray();
          json.writeFieldName("route");
          route(json, answer.route());
          texts(json, "degraded", answer.degraded());
          json.writeStringField("model_version", answer.modelVersion());
        });
  }

  private static double finite(double score) {
    return Double.isFinite(score) ? score : 0;
  }

  private static void explanation(JsonGenerator json, @Nullable Explanation explanation)
      throws IOException {
    if (explanation == null) {
      return;
    }
    json.writeObjectFieldStart("explanation");
    json.writeStringField("text", explanation.text());
    json.writeFieldName("details");
    value(json, explanation.details());
    json.writeEndObject();
  }

  private static void route(JsonGenerator json, RecommendationAnswer.RouteTaken route)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("stage", route.stage());
    json.writeStringField("method", route.method());
    json.writeStringField("reason", route.reason());
    texts(json, "fallbacks", route.fallbacks());
    json.writeEndObject();
  }

  static byte[] report(IngestReport report) {
    return bytes(
        256,
        json -> {
          json.writeNumberField("accepted", report.accepted());
          json.writeNumberField("duplicates", report.duplicates());
          json.writeNumberField("rejected", report.rejected());
          if (report.nothingUsable() && !report.errors().isEmpty()) {
            IngestReport.Rejection first = report.errors().get(0);
            json.writeObjectFieldStart("error");
            fault(json, first.field(), first.value(), first.bound(), first.message());
            json.writeEndObject();
          }
          json.writeArrayFieldStart("errors");
          for (IngestReport.Rejection each : report.errors()) {
            json.writeStartObject();
            json.writeNumberField("line", each.line());
            fault(json, each.field(), each.value(), each.bound(), each.message());
            json.writeEndObject();
          }
          json.writeEndArray();
          texts(json, "degraded", report.degraded());
        });
  }

  static byte[] similar(SimilarAnswer answer) {
    return bytes(
        1024,
        json -> {
          json.writeStringField("id", answer.itemId().value());
          json.writeArrayFieldStart("items");
          for (SimilarAnswer.Similar each : answer.items()) {
            json.writeStartObject();
            json.writeStringField("id", each.itemId().value());
            json.writeStringField("title", each.title());
            json.writeNumberField("similarity", finite(each.similarity()));
            json.writeEndObject();
          }
          json.writeEndArray();
          json.writeStringField("source", answer.source());
          texts(json, "degraded", answer.degraded());
        });
  }

  static byte[] questions(OnboardingQuestions questions) {
    return bytes(
        1024,
        json -> {
          json.writeStringField("domain", questions.domain().value());
          json.writeArrayFieldStart("items");
          for (OnboardingQuestions.Question each : questions.items()) {
            json.writeStartObject();
            json.writeStringField("id", each.itemId().value());
            json.writeStringField("title", each.title());
            texts(json, "categories", each.categories());
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }

  static byte[] user(UserReport user) {
    return bytes(
        2048,
        json -> {
          json.writeStringField("user_id", user.user().value());
          json.writeFieldName("attributes");
          value(json, user.attributes());
          json.writeFieldName("onboarding");
          value(json, user.onboarding());
          texts(json, "onboarding_unknown", user.onboardingUnknown());
          json.writeFieldName("features");
          value(json, user.features());
          json.writeObjectFieldStart("routes");
          for (Map.Entry<String, RecommendationAnswer.RouteTaken> each : user.routes().entrySet()) {
            json.writeFieldName(each.getKey());
            route(json, each.getValue());
          }
          json.writeEndObject();
          texts(json, "recent", user.recent());
          texts(json, "degraded", user.degraded());
        });
  }

  /** {@code {"error": {field, value, bound, message}}}; absent parts are null. */
  static byte[] error(
      @Nullable String field, @Nullable String value, @Nullable String bound, String message) {
    return bytes(
        256,
        json -> {
          json.writeObjectFieldStart("error");
          fault(json, field, value, bound, message);
          json.writeEndObject();
        });
  }

  static byte[] status(String status, Map<String, ?> details) {
    return bytes(
        256,
        json -> {
          json.writeStringField("status", status);
          for (Map.Entry<String, ?> each : details.entrySet()) {
            json.writeFieldName(each.getKey());
            value(json, each.getValue());
          }
        });
  }

  private static void fault(
      JsonGenerator json,
      @Nullable String field,
      @Nullable String value,
      @Nullable String bound,
      String message)
      throws IOException {
    json.writeStringField("field", readable(field));
    json.writeStringField("value", readable(value));
    json.writeStringField("bound", bound);
    json.writeStringField("message", readable(message));
  }

  private static @Nullable String readable(@Nullable String text) {
    return text == null ? null : Utf8.readable(text);
  }

  private static void texts(JsonGenerator json, String name, List<String> values)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (String each : values) {
      json.writeString(each);
    }
    json.writeEndArray();
  }

  private static void value(JsonGenerator json, @Nullable Object value) throws IOException {
    if (value instanceof Map<?, ?> map) {
      json.writeStartObject();
      for (Map.Entry<?, ?> each : map.entrySet()) {
        json.writeFieldName(String.valueOf(each.getKey()));
        value(json, each.getValue());
      }
      json.writeEndObject();
    } else if (value instanceof List<?> list) {
      json.writeStartArray();
      for (Object each : list) {
        value(json, each);
      }
      json.writeEndArray();
    } else if (value instanceof Integer || value instanceof Long) {
      json.writeNumber(((Number) value).longValue());
    } else if (value instanceof Number number) {
      json.writeNumber(finite(number.doubleValue()));
    } else if (value instanceof Boolean flag) {
      json.writeBoolean(flag);
    } else if (value == null) {
      json.writeNull();
    } else {
      json.writeString(value.toString());
    }
  }
}
