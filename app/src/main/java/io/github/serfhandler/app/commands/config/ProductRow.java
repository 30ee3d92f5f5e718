package io.github.serfhandler.app.commands.config;

import io.github.serfhandler.app.cli.Json;
import io.github.serfhandler.app.cli.Table;
import io.github.serfhandler.replica.StatusAnswer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Immutable: how a node holds a product, as the state of the fleet is told.
 *
 * @param node its name
 * @param product the product
 * @param keys how many keys it holds; -1 where it was not told
 * @param digest the same on all nodes that hold the same; {@code ""} where it was not told
 * @param drift how many of its files a person has changed
 * @param state {@code in sync}, {@code differs}, {@code silent}, or what it answered that is no
 *     status
 */
record ProductRow(String node, String product, int keys, String digest, int drift, String state) {
  static final String IN_SYNC = "in sync";
  static final String DIFFERS = "differs";
  static final String SILENT = "silent";

  /**
   * The nodes of a product, in the order of their names. What most of them hold is taken for right;
   * where as many hold another, what this node holds.
   *
   * @param nodes those that belong to it by their tags; others that hold it are added
   * @param self this node
   */
  static List<ProductRow> of(
      String product, SortedSet<String> nodes, Answers answers, String self) {
    Map<String, StatusAnswer.ProductStatus> told = new HashMap<>();
    SortedSet<String> all = new TreeSet<>(nodes);
    for (Map.Entry<String, StatusAnswer> answer : answers.told().entrySet()) {
      Optional<StatusAnswer.ProductStatus> status = find(product, answer.getValue());
      if (status.isPresent()) {
        told.put(answer.getKey(), status.get());
        all.add(answer.getKey());
      } else if (nodes.contains(answer.getKey())) {
        told.put(answer.getKey(), new StatusAnswer.ProductStatus(product, 0, "", 0));
      }
    }
    String right = right(told, self);
    List<ProductRow> rows = new ArrayList<>();
    for (String node : all) {
      StatusAnswer.ProductStatus status = told.get(node);
      if (status == null) {
        String state = answers.unclear().getOrDefault(node, SILENT);
        rows.add(new ProductRow(node, product, -1, "", 0, state));
      } else {
        boolean same = status.digest().equals(right) && status.drifted() == 0;
        rows.add(
            new ProductRow(
                node,
                product,
                status.keys(),
                status.digest(),
                status.drifted(),
                same ? IN_SYNC : DIFFERS));
      }
    }
    return rows;
  }

  /** The products that tags or answers name. */
  static SortedSet<String> products(Collection<String> byTags, Answers answers) {
    SortedSet<String> products = new TreeSet<>(byTags);
    for (StatusAnswer answer : answers.told().values()) {
      for (StatusAnswer.ProductStatus status : answer.products()) {
        products.add(status.product());
      }
    }
    return products;
  }

  /** Whether a node may hold the product and had no room for it in its answer. */
  static boolean isCut(String product, Collection<String> nodes, Answers answers) {
    for (String node : nodes) {
      StatusAnswer answer = answers.told().get(node);
      if (answer != null && answer.more() && find(product, answer).isEmpty()) {
        return true;
      }
    }
    return false;
  }

  private static Optional<StatusAnswer.ProductStatus> find(String product, StatusAnswer answer) {
    for (StatusAnswer.ProductStatus status : answer.products()) {
      if (status.product().equals(product)) {
        return Optional.of(status);
      }
    }
    return Optional.empty();
  }

  private static String right(Map<String, StatusAnswer.ProductStatus> told, String self) {
    Map<String, Integer> holders = new HashMap<>();
    for (StatusAnswer.ProductStatus status : told.values()) {
      int ignored = holders.merge(status.digest(), 1, Integer::sum);
    }
    StatusAnswer.ProductStatus own = told.get(self);
    String right = own == null ? "" : own.digest();
    int most = own == null ? 0 : holders.getOrDefault(right, 0);
    // In the order of the digests, so that the same answers give the same.
    for (String digest : new TreeSet<>(holders.keySet())) {
      if (holders.getOrDefault(digest, 0) > most) {
        most = holders.getOrDefault(digest, 0);
        right = digest;
      }
    }
    return right;
  }

  static Table table(List<ProductRow> rows) {
    Table table = new Table("NODE", "PRODUCT", "KEYS", "DIGEST", "DRIFT", "STATE");
    for (ProductRow row : rows) {
      boolean silent = row.keys < 0;
      table.row(
          row.node,
          row.product,
          silent ? "" : Integer.toString(row.keys),
          row.digest,
          silent ? "" : Integer.toString(row.drift),
          row.state);
    }
    return table;
  }

  static Json json(List<ProductRow> rows) {
    Json json = new Json().beginArray();
    for (ProductRow row : rows) {
      json.beginObject().member("node", row.node).member("product", row.product);
      if (row.keys >= 0) {
        json.member("keys", row.keys).member("digest", row.digest).member("drift", row.drift);
      }
      json.member("state", row.state).endObject();
    }
    return json.endArray();
  }
}
