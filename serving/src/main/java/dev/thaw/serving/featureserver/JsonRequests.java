package dev.thaw.serving.featureserver;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.thaw.featuredefinitions.online.FeatureValue;
import dev.thaw.serving.api.CallerFault;
import dev.thaw.serving.api.Utf8Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON of {@code POST /get-online-features} in, a request out, in one pass. */
final class JsonRequests {
  private static final String FIELDS =
      "among entities, features, feature_service, full_feature_names,"
          + " include_feature_view_version_metadata";

  private final FeatureLimits limits;

  JsonRequests(FeatureLimits limits) {
    this.limits = limits;
  }

  /**
   * A request.
   *
   * @param fullNames whether the answer is to name views, too
   */
  record Body(FeatureRequest request, boolean fullNames) {}

  /**
   * @throws CallerFault naming field, value and bound
   */
  Body read(byte[] body) {
    byte[] text = Utf8Json.withoutMark(body);
    if (text.length == 0) {
      throw CallerFault.malformed("the body is empty");
    }
    Draft draft = new Draft();
    Utf8Json.readObject(text, (parser, field) -> read(parser, field, draft));
    return draft.finish();
  }

  private void read(JsonParser parser, String field, Draft draft) throws IOException {
    switch (field) {
      case "entities" -> draft.entities = entities(parser);
      case "features" -> draft.features = texts(parser);
      case "feature_service" ->
          draft.service =
              parser.currentToken() == JsonToken.VALUE_NULL ? null : text(parser, field);
      case "full_feature_names" -> draft.fullNames = flag(parser, field);
      case "include_feature_view_version_metadata" -> {
        if (flag(parser, field)) {
          throw CallerFault.of(field, "true", "false: views have no versions here");
        }
      }
      default -> throw CallerFault.of("body", "a field \"" + field + '"', FIELDS);
    }
  }

  private Map<String, List<FeatureValue>> entities(JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw CallerFault.of("entities", shown(parser), "an object of arrays");
    }
    Map<String, List<FeatureValue>> columns = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      columns.put(name, column(parser, "entities." + name));
    }
    return columns;
  }

  private List<FeatureValue> column(JsonParser parser, String path) throws IOException {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      throw CallerFault.of(path, shown(parser), "an array");
    }
    List<FeatureValue> values = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (values.size() == limits.rows()) {
        throw CallerFault.of(path, "longer", "an array of 1 to " + limits.rows() + " values");
      }
      values.add(value(parser, path));
    }
    return values;
  }

  private static FeatureValue value(JsonParser parser, String path) throws IOException {
    return switch (parser.currentToken()) {
      case VALUE_STRING -> new FeatureValue.Text(parser.getText());
      case VALUE_NUMBER_INT -> {
        if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
          throw CallerFault.of(path, parser.getText(), "an integer of 64 bits");
        }
        yield new FeatureValue.Int64(parser.getLongValue());
      }
      case VALUE_NUMBER_FLOAT -> new FeatureValue.Float64(parser.getDoubleValue());
      case VALUE_TRUE, VALUE_FALSE -> new FeatureValue.Bool(parser.getBooleanValue());
      case VALUE_NULL -> FeatureValue.MISSING;
      default -> throw CallerFault.of(path, shown(parser), "an array of strings or integers");
    };
  }

  private List<String> texts(JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      throw CallerFault.of("features", shown(parser), "an array of strings");
    }
    List<String> texts = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (texts.size() == limits.features()) {
        throw CallerFault.of(
            "features", "longer", "an array of at most " + limits.features() + " strings");
      }
      texts.add(text(parser, "features"));
    }
    return texts;
  }

  private static String text(JsonParser parser, String field) throws IOException {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      throw CallerFault.of(field, shown(parser), "a string");
    }
    return parser.getText();
  }

  private static boolean flag(JsonParser parser, String field) throws IOException {
    return switch (parser.currentToken()) {
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> throw CallerFault.of(field, shown(parser), "true or false");
    };
  }

  private static String shown(JsonParser parser) throws IOException {
    JsonToken token = parser.currentToken();
    return token == null ? "nothing" : token.isScalarValue() ? parser.getText() : token.asString();
  }

  private static final class Draft {
    private @Nullable Map<String, List<FeatureValue>> entities;
    private @Nullable String service;
    private List<String> features = List.of();
    private boolean fullNames;

    Body finish() {
      if (entities == null) {
        throw CallerFault.of("entities", "absent", "given");
      }
      if (service != null && !features.isEmpty()) {
        throw CallerFault.of("features", "given beside feature_service", "left out then");
      }
      return new Body(new FeatureRequest(service, features, entities), fullNames);
    }
  }
}
