package dev.thaw.models.encoder;

import ai.djl.huggingface.tokenizers.Encoding;
import java.util.Arrays;

/** Tokens of several texts, padded to the longest with masked zeros, row by row. */
final class TokenBatch {
  final int rows;
  final int length;
  final int[] lengths;
  final long[] ids;
  final long[] mask;
  final long[] types;

  private TokenBatch(int rows, int length) {
    this.rows = rows;
    this.length = length;
    this.lengths = new int[rows];
    this.ids = new long[rows * length];
    this.mask = new long[rows * length];
    this.types = new long[rows * length];
  }

  /**
   * @param texts all encodings
   * @param order indices into them; rows {@code from} to {@code to} of it make the batch
   */
  static TokenBatch of(Encoding[] texts, int[] order, int from, int to) {
    int length = 1;
    for (int i = from; i < to; i++) {
      length = Math.max(length, texts[order[i]].getIds().length);
    }
    TokenBatch batch = new TokenBatch(to - from, length);
    for (int row = 0; row < batch.rows; row++) {
      Encoding text = texts[order[from + row]];
      long[] ids = text.getIds();
      batch.lengths[row] = ids.length;
      System.arraycopy(ids, 0, batch.ids, row * length, ids.length);
      System.arraycopy(text.getTypeIds(), 0, batch.types, row * length, ids.length);
      Arrays.fill(batch.mask, row * length, row * length + ids.length, 1);
    }
    return batch;
  }
}
