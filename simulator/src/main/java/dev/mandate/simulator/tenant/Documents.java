package dev.mandate.simulator.tenant;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import tools.jackson.databind.node.ObjectNode;

/**
 * A collection of JSON documents by id, in the order of their creation. Each has a revision: 1 when it is created, and
 * one more for every update that really changed it. What goes in and comes out is copied.
 */
public final class Documents {

    private record Kept(ObjectNode content, int revision) {}

    private final Set<String> bookkeeping;
    private final Map<String, Kept> kept = new LinkedHashMap<>();

    /**
     * An empty collection.
     *
     * @param bookkeeping members whose change alone is no change, such as {@code updated_at}
     */
    public Documents(Set<String> bookkeeping) {
        this.bookkeeping = Set.copyOf(bookkeeping);
    }

    /** Adds a document, or answers false if there is one with this id. */
    public synchronized boolean add(String id, ObjectNode content) {
        return kept.putIfAbsent(id, new Kept(content.deepCopy(), 1)) == null;
    }

    /** A copy of a document. */
    public synchronized Optional<ObjectNode> find(String id) {
        return Optional.ofNullable(kept.get(id))
                .map(document -> document.content().deepCopy());
    }

    /** Copies of all documents, oldest first. */
    public synchronized List<ObjectNode> all() {
        return kept.values().stream()
                .map(document -> document.content().deepCopy())
                .toList();
    }

    /** A copy of the oldest document that fits. */
    public synchronized Optional<ObjectNode> first(Predicate<ObjectNode> condition) {
        return kept.values().stream()
                .map(Kept::content)
                .filter(condition)
                .findFirst()
                .map(ObjectNode::deepCopy);
    }

    /** Whether there is a document that fits, other than the one with this id. */
    public synchronized boolean hasOther(String id, Predicate<ObjectNode> condition) {
        return kept.entrySet().stream()
                .anyMatch(each -> !each.getKey().equals(id)
                        && condition.test(each.getValue().content()));
    }

    /** Whether there is a document with this id. */
    public synchronized boolean has(String id) {
        return kept.containsKey(id);
    }

    /**
     * Changes a document. If nothing but bookkeeping would differ afterwards, it stays exactly as it was.
     *
     * @return the document as it is now, or nothing if there is none with this id
     */
    public synchronized Optional<ObjectNode> update(String id, Consumer<ObjectNode> change) {
        Kept before = kept.get(id);
        if (before == null) {
            return Optional.empty();
        }
        ObjectNode after = before.content().deepCopy();
        change.accept(after);
        if (!essence(after).equals(essence(before.content()))) {
            kept.put(id, new Kept(after, before.revision() + 1));
        }
        return find(id);
    }

    /** Removes a document; answers whether there was one. */
    public synchronized boolean remove(String id) {
        return kept.remove(id) != null;
    }

    /** Removes all documents that fit; answers whether there were any. */
    public synchronized boolean removeIf(Predicate<ObjectNode> condition) {
        return kept.values().removeIf(document -> condition.test(document.content()));
    }

    /** How often a document has taken another content, its creation included; 0 if there is none. */
    public synchronized int revision(String id) {
        Kept document = kept.get(id);
        return document == null ? 0 : document.revision();
    }

    /** Removes everything. */
    public synchronized void clear() {
        kept.clear();
    }

    private ObjectNode essence(ObjectNode content) {
        return content.deepCopy().remove(bookkeeping);
    }
}
