package dev.thaw.launcher.datafolder;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.Event;
import dev.thaw.featuredefinitions.vocabulary.UserProfile;
import java.util.Map;
import java.util.TreeMap;

/** One record as one line of its wire form, keys of maps in order so that equal data is equal. */
final class RecordLines {
  private static final ObjectMapper JSON = new ObjectMapper();

  private RecordLines() {}

  static String of(CatalogueItem item) {
    ObjectNode node = JSON.createObjectNode();
    node.put("item_id", item.itemId().value());
    node.put("domain", item.domain().value());
    node.put("title", item.title());
    node.put("description", item.description());
    ArrayNode categories = node.putArray("categories");
    item.categories().forEach(categories::add);
    node.set("attributes", strings(item.attributes()));
    node.put("available", item.available());
    node.put("time", item.time().toString());
    return node.toString();
  }

  static String of(UserProfile user) {
    ObjectNode node = JSON.createObjectNode();
    node.put("user_id", user.userId().value());
    node.set("attributes", strings(user.attributes()));
    ArrayNode onboarding = node.putArray("onboarding");
    user.onboarding()
        .forEach(
            a ->
                onboarding
                    .addObject()
                    .put("domain", a.domain().value())
                    .put("item_id", a.itemId().value())
                    .put("liked", a.liked()));
    node.put("time", user.time().toString());
    return node.toString();
  }

  static String of(Event event) {
    ObjectNode node = JSON.createObjectNode();
    node.put("event_id", event.eventId().value());
    node.put("user_id", event.userId().value());
    node.put("item_id", event.itemId().value());
    node.put("domain", event.domain().value());
    node.put("type", event.type().name());
    Double value = event.value();
    if (value != null) {
      node.put("value", value);
    }
    node.put("time", event.time().toString());
    if (!event.context().isEmpty()) {
      node.set("context", strings(event.context()));
    }
    return node.toString();
  }

  private static ObjectNode strings(Map<String, String> map) {
    ObjectNode node = JSON.createObjectNode();
    new TreeMap<>(map).forEach(node::put);
    return node;
  }
}
