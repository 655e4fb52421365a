package dev.thaw.vectorindex.lucene;

import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.Metric;
import dev.thaw.vectorindex.IndexedItem;
import java.io.IOException;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.util.BytesRef;

/** How an item is a Lucene document, and how Lucene's scores are similarities. */
final class LuceneFields {
  static final String ID = "id";
  static final String VECTOR = "vector";
  private static final String DOMAIN = "domain";
  private static final String FLAGS = "flags";
  private static final long COLD = 1;
  private static final long AVAILABLE = 2;

  private LuceneFields() {}

  static Term term(ItemId item) {
    return new Term(ID, item.value());
  }

  static Document document(IndexedItem item, float[] vector, Metric metric) {
    Document document = new Document();
    document.add(new StringField(ID, item.itemId().value(), Field.Store.NO));
    document.add(new BinaryDocValuesField(ID, new BytesRef(item.itemId().value())));
    document.add(new SortedDocValuesField(DOMAIN, new BytesRef(item.domain().value())));
    document.add(
        new NumericDocValuesField(
            FLAGS, (item.cold() ? COLD : 0) | (item.available() ? AVAILABLE : 0)));
    document.add(new KnnFloatVectorField(VECTOR, vector, function(metric)));
    return document;
  }

  static BinaryDocValues ids(LeafReader segment) throws IOException {
    return DocValues.getBinary(segment, ID);
  }

  static SortedDocValues domains(LeafReader segment) throws IOException {
    return DocValues.getSorted(segment, DOMAIN);
  }

  static NumericDocValues flags(LeafReader segment) throws IOException {
    return DocValues.getNumeric(segment, FLAGS);
  }

  static boolean isCold(long flags) {
    return (flags & COLD) != 0;
  }

  static boolean isAvailable(long flags) {
    return (flags & AVAILABLE) != 0;
  }

  /** Kept vectors of a COSINE space have length 1: their inner product is the cosine. */
  private static VectorSimilarityFunction function(Metric metric) {
    return switch (metric) {
      case COSINE -> VectorSimilarityFunction.DOT_PRODUCT;
      case INNER_PRODUCT -> VectorSimilarityFunction.MAXIMUM_INNER_PRODUCT;
    };
  }

  /** Undoes what Lucene does to an inner product to make it a positive score. */
  static float similarity(float score, Metric metric) {
    return switch (metric) {
      case COSINE -> 2 * score - 1;
      case INNER_PRODUCT -> score < 1 ? 1 - 1 / score : score - 1;
    };
  }
}
