package dev.thaw.vectorindex.milvus;

import io.milvus.v2.client.MilvusClientV2;
import io.milvus.v2.exception.MilvusClientException;
import io.milvus.v2.service.utility.request.AlterAliasReq;
import io.milvus.v2.service.utility.request.CreateAliasReq;

/**
 * Aliases, which Milvus moves atomically. One whose collection was dropped stays behind: it looks
 * absent to whoever asks for the collection and can be moved, but not made.
 */
final class MilvusAliases {
  private static final int ALIAS_EXISTS = 1602;

  private final MilvusCalls milvus;

  MilvusAliases(MilvusCalls milvus) {
    this.milvus = milvus;
  }

  /**
   * Makes or moves the alias, wherever it pointed to.
   *
   * @param seems whether it points to a collection that is there
   */
  void point(String alias, String collection, boolean seems) {
    milvus.call(
        "point " + alias + " to " + collection,
        client -> {
          if (seems || !isMade(client, alias, collection)) {
            move(client, alias, collection);
          }
          return alias;
        });
  }

  /** False if there is one. */
  private static boolean isMade(MilvusClientV2 client, String alias, String collection) {
    try {
      client.createAlias(CreateAliasReq.builder().alias(alias).collectionName(collection).build());
      return true;
    } catch (MilvusClientException e) {
      if (e.getServerErrCode() == ALIAS_EXISTS) {
        return false;
      }
      throw e;
    }
  }

  private static void move(MilvusClientV2 client, String alias, String collection) {
    client.alterAlias(AlterAliasReq.builder().alias(alias).collectionName(collection).build());
  }
}
