package dev.thaw.featuredefinitions.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** One {@link CatalogueItem}; see {@code schema/item.json}. */
record CatalogueItemForm(DomainDefinitions domains, WireLimits limits)
    implements RecordForm<CatalogueItem> {
  private static final FieldNames FIELDS =
      FieldNames.of(
          "item_id",
          "domain",
          "title",
          "description",
          "categories",
          "attributes",
          "image",
          "available",
          "time");

  @Override
  public CatalogueItem read(JsonCursor in) throws IOException {
    ItemId itemId = null;
    DomainId domain = null;
    String title = "";
    String description = "";
    List<String> categories = List.of();
    Map<String, String> attributes = Map.of();
    String image = "";
    boolean available = true;
    Instant time = in.now().equals(Instant.MAX) ? null : in.now();
    while (in.next(FIELDS)) {
      switch (in.name()) {
        case "item_id" -> itemId = ItemId.of(in.text());
        case "domain" -> domain = DomainField.read(in, domains).name();
        case "title" -> title = in.text(WireLimits.MAX_TITLE);
        case "description" -> description = in.text(WireLimits.MAX_DESCRIPTION);
        case "categories" ->
            categories = in.textList(WireLimits.MAX_CATEGORIES, WireLimits.MAX_CATEGORY);
        case "attributes" -> attributes = Contexts.attributes(in);
        case "image" -> image = in.text(WireLimits.MAX_IMAGE);
        case "available" -> available = in.flag();
        default -> time = in.time(limits.maxFutureSkew());
      }
    }
    return new CatalogueItem(
        in.require("item_id", itemId),
        in.require("domain", domain),
        title,
        description,
        categories,
        attributes,
        image,
        available,
        in.require("time", time));
  }

  @Override
  public void write(CatalogueItem item, JsonGenerator out) throws IOException {
    out.writeStringField("item_id", item.itemId().value());
    out.writeStringField("domain", item.domain().value());
    out.writeStringField("title", item.title());
    out.writeStringField("description", item.description());
    Fields.texts(out, "categories", item.categories());
    Fields.texts(out, "attributes", item.attributes());
    if (!item.image().isEmpty()) {
      out.writeStringField("image", item.image());
    }
    out.writeBooleanField("available", item.available());
    out.writeStringField("time", item.time().toString());
  }
}
