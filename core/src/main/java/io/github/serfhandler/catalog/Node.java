package io.github.serfhandler.catalog;

import io.github.serfhandler.client.MemberStatus;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Immutable: a member of the cluster with its tags understood.
 *
 * @param name the node's name; any characters
 * @param addr its address; null where the agent gave none
 * @param status its status, as the agent sees it
 * @param roles what its tag names as its roles, each once, in the tag's order; any characters
 * @param products what it belongs to: the legal parts of its tag, each once, in the tag's order
 * @param offers the services that it runs, each once; empty where its address is unusable
 * @param tags all its tags, as they are
 * @param problems what is wrong with its tags, at most {@value TagReader#MAX_PROBLEMS}
 */
public record Node(
    String name,
    @Nullable InetAddress addr,
    MemberStatus status,
    List<String> roles,
    List<String> products,
    List<Offer> offers,
    Map<String, String> tags,
    List<TagProblem> problems) {

  public Node {
    roles = List.copyOf(roles);
    products = List.copyOf(products);
    offers = List.copyOf(offers);
    tags = Map.copyOf(tags);
    problems = List.copyOf(problems);
  }

  // Not the records' own ones: they go through invokedynamic and cost start-up time, and are slow
  // where ten thousand are compared.
  @Override
  public boolean equals(Object other) {
    return other instanceof Node that
        && status == that.status
        && name.equals(that.name)
        && Objects.equals(addr, that.addr)
        && tags.equals(that.tags)
        && offers.equals(that.offers)
        && products.equals(that.products)
        && roles.equals(that.roles)
        && problems.equals(that.problems);
  }

  @Override
  public int hashCode() {
    return name.hashCode() * 31 + tags.hashCode();
  }

  @Override
  public String toString() {
    return name + " " + status.word() + " " + offers;
  }
}
