package dev.thaw.models.meta;

import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.Embedding;
import dev.thaw.featuredefinitions.vocabulary.UserProfile;
import dev.thaw.models.binary.BinaryReader;
import dev.thaw.models.binary.BinaryWriter;
import dev.thaw.models.projection.ItemWords;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Users and items as bags of embedding rows. A user: the words of the profile. An item: its number,
 * the words of its categories and attributes, and its content vector, whose components are weights
 * of rows, so that the rows are a learned linear projection. Rows lie in this order: users' words,
 * items' words, content components, items. Immutable, thread-safe.
 */
final class Fields {
  private final Words userWords;
  private final Words itemWords;
  private final String contentSpace;
  private final int contentDimension;
  private final int items;
  private final int rank;
  private final int dimension;

  private Fields(
      Words userWords,
      Words itemWords,
      String contentSpace,
      int contentDimension,
      int items,
      int rank,
      int dimension) {
    this.userWords = userWords;
    this.itemWords = itemWords;
    this.contentSpace = contentSpace;
    this.contentDimension = contentDimension;
    this.items = items;
    this.rank = rank;
    this.dimension = dimension;
  }

  /**
   * @param rank of the items' factors, 0 without
   * @param dimension of an embedding row
   */
  static Fields learn(MetaData data, int rank, int dimension) {
    // users who are held out have no part in what is known
    Words users =
        Words.learn(
            data.ratings().users().stream()
                .filter(user -> data.ratings().rowLength(data.ratings().indexOf(user)) > 0)
                .map(data.profiles()::get)
                .map(Fields::words)
                .toList());
    Words items =
        Words.learn(
            data.ratings().items().all().stream()
                .map(data.catalogue()::get)
                .map(item -> item == null ? Set.<String>of() : ItemWords.of(item))
                .collect(Collectors.toList()));
    Embedding some = data.content().values().stream().findAny().orElse(null);
    return new Fields(
        users,
        items,
        some == null ? "" : some.space().key(),
        some == null ? 0 : some.dimension(),
        data.ratings().items().size(),
        rank,
        dimension);
  }

  private static Set<String> words(@Nullable UserProfile profile) {
    Set<String> words = new TreeSet<>();
    if (profile != null) {
      profile
          .attributes()
          .forEach((name, value) -> words.add(name + "=" + value.strip().toLowerCase(Locale.ROOT)));
    }
    return words;
  }

  NetworkShape shape(int hidden) {
    int itemFields = itemWords.fields() + 1 + (contentDimension > 0 ? 1 : 0) + (rank > 0 ? 1 : 0);
    return new NetworkShape(userWords.fields() * dimension, itemFields * dimension, hidden);
  }

  int dimension() {
    return dimension;
  }

  /** Number of embedding rows. */
  int rows() {
    return firstItem() + items + rank;
  }

  private int firstContent() {
    return userWords.size() + itemWords.size();
  }

  private int firstItem() {
    return firstContent() + contentDimension;
  }

  /** Nothing is known of a user without a profile. */
  Bag user(@Nullable UserProfile profile) {
    BagBuilder bag = new BagBuilder();
    userWords.add(words(profile), 0, dimension, bag);
    return bag.build();
  }

  /**
   * @param number -1 for an item that was not there in training
   * @param factor of the base, empty without
   */
  Bag item(int number, float[] factor, @Nullable CatalogueItem item, @Nullable Embedding content) {
    BagBuilder bag = new BagBuilder();
    if (number >= 0) {
      bag.add(firstItem() + number, 0, 1);
    }
    if (item != null) {
      BagBuilder words = new BagBuilder();
      itemWords.add(ItemWords.of(item), userWords.size(), dimension, words);
      Bag known = words.build();
      for (int e = 0; e < known.size(); e++) {
        bag.add(known.row(e), dimension + known.place(e), known.weight(e));
      }
    }
    int place = (1 + itemWords.fields()) * dimension;
    for (int f = 0; f < factor.length; f++) {
      bag.add(firstItem() + items + f, place, factor[f]);
    }
    if (content != null) {
      addContent(content, bag);
    }
    return bag.build();
  }

  private void addContent(Embedding content, BagBuilder bag) {
    if (!content.space().key().equals(contentSpace)) {
      throw new IllegalArgumentException(
          "content must be of space \"" + contentSpace + "\", was of " + content.space().key());
    }
    // projection: what is added up is the vector times the rows
    int place = (1 + itemWords.fields() + (rank > 0 ? 1 : 0)) * dimension;
    for (int i = 0; i < contentDimension; i++) {
      bag.add(firstContent() + i, place, content.get(i));
    }
  }

  void write(BinaryWriter out) {
    userWords.write(out);
    itemWords.write(out);
    out.writeText(contentSpace).writeCount(contentDimension).writeCount(items);
    out.writeCount(rank);
    out.writeCount(dimension);
  }

  static Fields read(BinaryReader in) {
    Words users = Words.read(in);
    Words items = Words.read(in);
    String space = in.readText();
    int contentDimension = Math.toIntExact(in.readCount());
    int count = Math.toIntExact(in.readCount());
    int rank = Math.toIntExact(in.readCount());
    return new Fields(
        users, items, space, contentDimension, count, rank, Math.toIntExact(in.readCount()));
  }
}
