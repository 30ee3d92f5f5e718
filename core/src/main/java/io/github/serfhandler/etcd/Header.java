package io.github.serfhandler.etcd;

import io.github.serfhandler.json.JsonObject;

/**
 * Immutable: what each answer begins with.
 *
 * @param cluster which cluster it is, digits
 * @param revision the store's revision at that time
 */
record Header(String cluster, long revision) {
  static Header of(JsonObject answer) {
    JsonObject header = answer.required("header").asObject();
    return new Header(Fields.digits(header, "cluster_id"), Fields.positive(header, "revision"));
  }
}
