package dev.thaw.serving.api;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.featuredefinitions.wire.WireLimits;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** JSON of {@code POST /v1/recommendations} in, a checked request out, in one pass. */
final class RequestReader {
  private static final String FIELDS =
      "user_id, session_id, domain, k, context, exclude, categories, deadline_ms, explain";

  private final Limits limits;

  RequestReader(Limits limits) {
    this.limits = limits;
  }

  /**
   * @throws CallerFault naming field, value and bound
   */
  RecommendationRequest read(byte[] body) {
    Draft draft = new Draft();
    Utf8Json.readObject(body, (parser, field) -> read(parser, field, draft));
    return draft.finish();
  }

  private void read(JsonParser parser, String field, Draft draft) throws IOException {
    switch (field) {
      case "user_id" -> draft.user = checked(field, textOrNull(parser, field), UserId::of);
      case "session_id" -> draft.session = checked(field, textOrNull(parser, field), UserId::of);
      case "domain" -> draft.domain = checked(field, textOrNull(parser, field), DomainId::of);
      case "k" -> draft.k = whole(parser, field, 1, limits.maxK());
      case "context" -> draft.context = words(parser, field);
      case "exclude" ->
          draft.exclude =
              list(parser, field, limits.exclusions(), t -> CallerTexts.id(field, t, ItemId::of));
      case "categories" ->
          draft.categories =
              list(
                  parser,
                  field,
                  limits.categories(),
                  t -> CallerTexts.text(field, t, "texts", WireLimits.MAX_CATEGORY));
      case "deadline_ms" ->
          draft.deadline =
              Duration.ofMillis(
                  whole(
                      parser,
                      field,
                      Math.toIntExact(limits.shortestDeadline().toMillis()),
                      Math.toIntExact(limits.longestDeadline().toMillis())));
      case "explain" -> draft.explain = flag(parser, field);
      default -> throw CallerFault.of("field", field, "one of " + FIELDS);
    }
  }

  private static @Nullable String textOrNull(JsonParser parser, String field) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      return null;
    }
    return text(parser, field);
  }

  private static String text(JsonParser parser, String field) throws IOException {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      throw CallerFault.of(field, shown(parser), "a string");
    }
    return parser.getText();
  }

  private static int whole(JsonParser parser, String field, int min, int max) throws IOException {
    String bound = "a whole number in [" + min + ", " + max + "]";
    if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT) {
      throw CallerFault.of(field, shown(parser), bound);
    }
    long value =
        parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
            ? Long.MAX_VALUE
            : parser.getLongValue();
    if (value < min || value > max) {
      throw CallerFault.of(field, parser.getText(), bound);
    }
    return (int) value;
  }

  private static boolean flag(JsonParser parser, String field) throws IOException {
    return switch (parser.currentToken()) {
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> throw CallerFault.of(field, shown(parser), "true or false");
    };
  }

  private Map<String, String> words(JsonParser parser, String field) throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw CallerFault.of(field, shown(parser), "an object of strings");
    }
    Map<String, String> words = new HashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name =
          CallerTexts.text(field, parser.currentName(), "an object with keys", WireLimits.MAX_KEY);
      parser.nextToken();
      String path = field + "." + name;
      words.put(name, CallerTexts.text(path, text(parser, path), "a text", limits.text()));
      if (words.size() > limits.contextEntries()) {
        throw CallerFault.of(
            field, "more entries", "an object of at most " + limits.contextEntries() + " strings");
      }
    }
    return words;
  }

  private <T> List<T> list(JsonParser parser, String field, int max, Function<String, T> element)
      throws IOException {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      throw CallerFault.of(field, shown(parser), "an array of strings");
    }
    List<T> all = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (all.size() == max) {
        throw CallerFault.of(field, "longer", "an array of at most " + max + " strings");
      }
      all.add(element.apply(text(parser, field)));
    }
    return all;
  }

  private static <T> @Nullable T checked(
      String field, @Nullable String text, Function<String, T> type) {
    return text == null ? null : CallerTexts.id(field, text, type);
  }

  private static String shown(JsonParser parser) throws IOException {
    JsonToken token = parser.currentToken();
    return token == null ? "nothing" : token.isScalarValue() ? parser.getText() : token.asString();
  }

  private static final class Draft {
    private @Nullable UserId user;
    private @Nullable UserId session;
    private @Nullable DomainId domain;
    private int k = 10;
    private Map<String, String> context = Map.of();
    private List<ItemId> exclude = List.of();
    private List<String> categories = List.of();
    private @Nullable Duration deadline;
    private boolean explain;

    RecommendationRequest finish() {
      if ((user == null) == (session == null)) {
        throw CallerFault.of(
            "user_id",
            user == null ? "absent" : "given beside session_id",
            "given, or session_id in its place");
      }
      if (domain == null) {
        throw CallerFault.of("domain", "absent", "given");
      }
      UserId who = user == null && session != null ? SessionUsers.of(session.value()) : user;
      if (who == null) {
        throw CallerFault.of("user_id", "absent", "given");
      }
      return new RecommendationRequest(
          who, domain, k, context, exclude, categories, deadline, explain);
    }
  }
}
