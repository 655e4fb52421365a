package dev.thaw.evaluation.items;

import dev.thaw.models.interactions.Interactions;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes a split of items as tab-separated files with a head line: {@code train.tsv} (user, item)
 * with the likes that are trained on, {@code new_items.tsv} (item, user, rank, part) with those of
 * the held-out items in the order in which they become known; {@code part} is support for the first
 * half and query for the second, which is asked for at every count. An item that nobody likes has
 * one row without a user.
 */
final class NewItemsWriter {
  private NewItemsWriter() {}

  static void write(NewItems items, Path folder) throws IOException {
    Files.createDirectories(folder);
    Interactions training = items.training();
    try (BufferedWriter out = Files.newBufferedWriter(folder.resolve("train.tsv"))) {
      out.write("user\titem\n");
      for (int u = 0; u < training.users().size(); u++) {
        for (int at = training.rowStart(u); at < training.rowStart(u + 1); at++) {
          out.write(training.users().get(u) + "\t" + training.items().get(training.rowItem(at)));
          out.newLine();
        }
      }
    }
    try (BufferedWriter out = Files.newBufferedWriter(folder.resolve("new_items.tsv"))) {
      out.write("item\tuser\trank\tpart\n");
      for (int item = 0; item < items.size(); item++) {
        int[] likedBy = items.likedBy(item);
        if (likedBy.length == 0) {
          out.write(items.id(item) + "\t\t\t");
          out.newLine();
        }
        for (int place = 0; place < likedBy.length; place++) {
          out.write(
              items.id(item)
                  + "\t"
                  + training.users().get(likedBy[place])
                  + '\t'
                  + (place + 1)
                  + '\t'
                  + (place < likedBy.length / 2 ? "support" : "query"));
          out.newLine();
        }
      }
    }
  }
}
