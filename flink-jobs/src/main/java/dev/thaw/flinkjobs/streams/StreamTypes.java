package dev.thaw.flinkjobs.streams;

import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.Event;
import dev.thaw.featuredefinitions.vocabulary.Impression;
import dev.thaw.featuredefinitions.vocabulary.UserProfile;
import dev.thaw.featuredefinitions.wire.ArtefactAnnouncement;
import dev.thaw.featuredefinitions.wire.DeadLetter;
import dev.thaw.featuredefinitions.wire.Erasure;
import dev.thaw.featuredefinitions.wire.ItemFlag;
import dev.thaw.featuredefinitions.wire.ItemVector;
import dev.thaw.featuredefinitions.wire.UserSegment;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** The type information of every stream; none falls back to Kryo. */
public final class StreamTypes {
  public static final TypeInformation<Event> EVENT =
      new SerializerTypeInfo<>(Event.class, EventSerializer.INSTANCE);
  public static final TypeInformation<EnrichedEvent> ENRICHED_EVENT =
      new SerializerTypeInfo<>(EnrichedEvent.class, EnrichedEventSerializer.INSTANCE);
  public static final TypeInformation<ItemVector> ITEM_VECTOR =
      new SerializerTypeInfo<>(ItemVector.class, ItemVectorSerializer.INSTANCE);
  public static final TypeInformation<ViewRow> VIEW_ROW =
      new SerializerTypeInfo<>(ViewRow.class, ViewRowSerializer.INSTANCE);

  public static final TypeInformation<Impression> IMPRESSION = TypeInformation.of(Impression.class);
  public static final TypeInformation<CatalogueItem> ITEM = TypeInformation.of(CatalogueItem.class);
  public static final TypeInformation<UserProfile> PROFILE = TypeInformation.of(UserProfile.class);
  public static final TypeInformation<DeadLetter> DEAD_LETTER =
      TypeInformation.of(DeadLetter.class);
  public static final TypeInformation<Erasure> ERASURE = TypeInformation.of(Erasure.class);
  public static final TypeInformation<ItemFlag> ITEM_FLAG = TypeInformation.of(ItemFlag.class);
  public static final TypeInformation<UserSegment> USER_SEGMENT =
      TypeInformation.of(UserSegment.class);
  public static final TypeInformation<ArtefactAnnouncement> ARTEFACT_ANNOUNCEMENT =
      TypeInformation.of(ArtefactAnnouncement.class);

  public static final TypeInformation<ContentChange> CONTENT_CHANGE =
      TypeInformation.of(ContentChange.class);
  public static final TypeInformation<EncodedContent> ENCODED_CONTENT =
      new SerializerTypeInfo<>(EncodedContent.class, EncodedContentSerializer.INSTANCE);

  private StreamTypes() {}
}
