package dev.mandate.simulator.collection;

import static java.util.Objects.requireNonNullElse;

import dev.mandate.simulator.http.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the general rules would get wrong ({@code exceptions.json}). Collections are named by their path templates with
 * {@code {}} for every parameter.
 *
 * @param aliases path templates that stand for another one
 * @param collections what is particular about a collection
 * @param views collections that show a part of another one
 * @param lookups documents that are found by another member than their id
 * @param relations who holds what
 * @param operations what is particular about an operation
 */
record Exceptions(
        Map<String, String> aliases,
        Map<String, Collection> collections,
        Map<String, View> views,
        Map<String, View> lookups,
        Map<String, Relation> relations,
        Map<String, Operation> operations) {

    /**
     * A collection.
     *
     * @param id the member that holds a document's id
     * @param prefix what a new id begins with
     * @param length how many characters follow
     * @param key members that together must be unique
     * @param of the collection whose documents are meant; a document here begins as a copy
     * @param withheld members that are only shown to who has a scope
     * @param items the member that holds a list's items
     * @param absent whether a document that always exists elsewhere must be made first here
     */
    record Collection(
            Optional<String> id,
            Optional<String> prefix,
            int length,
            List<String> key,
            Optional<String> of,
            Map<String, String> withheld,
            Optional<String> items,
            boolean absent) {

        Collection {
            id = requireNonNullElse(id, Optional.empty());
            prefix = requireNonNullElse(prefix, Optional.empty());
            key = List.copyOf(requireNonNullElse(key, List.of()));
            of = requireNonNullElse(of, Optional.empty());
            withheld = Map.copyOf(requireNonNullElse(withheld, Map.of()));
            items = requireNonNullElse(items, Optional.empty());
        }
    }

    /**
     * A view.
     *
     * @param of the collection that it shows a part of
     * @param where the member that must hold the value of the last path parameter; none where it shows everything
     */
    record View(String of, Optional<String> where) {
        View {
            where = requireNonNullElse(where, Optional.empty());
        }
    }

    /**
     * A relation, seen from one side.
     *
     * @param name the relation; both sides have the same
     * @param holders whether the path names what is held, so that the list is of holders
     * @param of the collection of the listed documents
     * @param body the member of the body that names them
     */
    record Relation(String name, boolean holders, String of, String body) {}

    /**
     * An operation.
     *
     * @param kind what it really does
     * @param in the path template of the document or collection that it really works on
     * @param into the collection that gets a document of what it did
     * @param apply whether the body is merged into the document that it acts on
     * @param fresh members that get new random values
     * @param with members that it sets
     * @param renames members of the body that the document has under another name
     * @param ends collections, and the member that names the document acted on, whose documents end with it
     */
    record Operation(
            Optional<Kind> kind,
            Optional<String> in,
            Optional<String> into,
            boolean apply,
            List<String> fresh,
            ObjectNode with,
            Map<String, String> renames,
            Map<String, String> ends) {

        private static final Operation ORDINARY = new Operation(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                List.of(),
                Json.object(),
                Map.of(),
                Map.of());

        Operation {
            kind = requireNonNullElse(kind, Optional.empty());
            in = requireNonNullElse(in, Optional.empty());
            into = requireNonNullElse(into, Optional.empty());
            fresh = List.copyOf(requireNonNullElse(fresh, List.of()));
            with = requireNonNullElse(with, Json.object());
            renames = Map.copyOf(requireNonNullElse(renames, Map.of()));
            ends = Map.copyOf(requireNonNullElse(ends, Map.of()));
        }
    }

    private static final Collection ORDINARY = new Collection(
            Optional.empty(), Optional.empty(), 0, List.of(), Optional.empty(), Map.of(), Optional.empty(), false);

    static Exceptions bundled() {
        try (InputStream resource = Exceptions.class.getResourceAsStream("exceptions.json")) {
            if (resource == null) {
                throw new IllegalStateException("The jar lacks exceptions.json");
            }
            return Json.MAPPER.readValue(resource.readAllBytes(), Exceptions.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Operation operation(String action) {
        return operations.getOrDefault(action, Operation.ORDINARY);
    }

    Collection collection(String template) {
        return collections.getOrDefault(template, ORDINARY);
    }
}
