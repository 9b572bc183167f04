package dev.mandate.simulator.collection;

import dev.mandate.contracts.action.Action;
import dev.mandate.contracts.action.Catalogue;
import dev.mandate.contracts.action.Parameter;
import dev.mandate.simulator.answers.Answers;
import dev.mandate.simulator.answers.Shape;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** How the whole table is laid out: which paths are collections, and what their documents look like. */
final class Layout {

    private final Catalogue catalogue;
    private final Answers answers;
    private final Exceptions exceptions;
    private final Map<String, Action> reads = new HashMap<>();
    private final Map<String, Action> creations = new HashMap<>();
    private final Set<String> collections = new HashSet<>();
    private final Set<String> listed = new HashSet<>();
    private final Set<String> enumerated = new HashSet<>();

    Layout(Catalogue catalogue, Answers answers, Exceptions exceptions) {
        this.catalogue = catalogue;
        this.answers = answers;
        this.exceptions = exceptions;
        catalogue.operations().stream()
                .sorted(Comparator.comparing(Action::name))
                .forEach(this::note);
    }

    private void note(Action action) {
        String path = path(action);
        String template = Templates.anonymous(path);
        if (action.method().equals("GET")) {
            reads.put(template, action);
            if (lists(action)) {
                listed.add(template);
                collections.add(template);
            }
        }
        if (action.method().equals("POST")) {
            creations.put(template, action);
        }
        List<String> segments = Templates.segments(path);
        StringBuilder above = new StringBuilder();
        for (String segment : segments) {
            if (Templates.isParameter(segment)) {
                collections.add(above.toString());
                if (isEnumerated(action, Templates.name(segment))) {
                    enumerated.add(above.toString());
                }
            }
            above.append('/').append(Templates.isParameter(segment) ? "{}" : segment);
        }
    }

    /** The path template that an action works on. */
    String path(Action action) {
        String path = exceptions.operation(action.name()).in().orElse(action.path());
        for (Map.Entry<String, String> alias : exceptions.aliases().entrySet()) {
            if (path.startsWith(alias.getKey())) {
                return alias.getValue() + path.substring(alias.getKey().length());
            }
        }
        return path;
    }

    /** The values that a path parameter may have, where they are few. */
    List<String> values(Action action, String parameter) {
        for (Parameter each : action.pathParameters()) {
            if (each.name().equals(parameter)) {
                JsonNode schema = each.schema().has("$ref")
                        ? catalogue
                                .schema(action)
                                .at(each.schema().path("$ref").asString().substring(1))
                        : each.schema();
                return schema.path("enum").valueStream().map(JsonNode::asString).toList();
            }
        }
        return List.of();
    }

    private static boolean isEnumerated(Action action, String parameter) {
        return action.pathParameters().stream()
                .filter(each -> each.name().equals(parameter))
                .map(Parameter::schema)
                .anyMatch(schema ->
                        schema.has("enum") || schema.path("$ref").asString("").endsWith("Enum"));
    }

    private boolean lists(Action action) {
        if (Templates.endsInParameter(action.path())) {
            return false;
        }
        Optional<Kind> exception = exceptions.operation(action.name()).kind();
        if (exception.isPresent()) {
            return exception.get() == Kind.LIST || exception.get() == Kind.RELATE;
        }
        boolean named = action.name().matches(".*\\.(list\\w*|synchronizedGroups)");
        boolean paged = action.queryParameters().stream()
                .map(Parameter::name)
                .anyMatch(name -> name.equals("take") || name.equals("per_page"));
        return answers.of(action.name())
                .map(shape -> shape.plain() instanceof Shape.Listing
                        || (named || paged) && Listed.of(shape).isPresent())
                .orElse(named || paged);
    }

    boolean isCollection(String template) {
        return collections.contains(template);
    }

    /** Whether documents have ids that come out of a fixed list, and so need not be made. */
    boolean isEnumerated(String collection) {
        return enumerated.contains(collection);
    }

    /** Whether anybody can see what is in a collection; in others no id can be called unknown. */
    boolean isKept(String collection) {
        return reads.containsKey(collection) || reads.containsKey(collection + "/{}");
    }

    boolean isRead(String template) {
        return reads.containsKey(template);
    }

    boolean isListed(String template) {
        return listed.contains(template);
    }

    boolean isCreated(String template) {
        return creations.containsKey(template);
    }

    /** The shape of one document at a path, as far as any operation tells. */
    Optional<Shape> document(String template) {
        String collection = Templates.endsInParameter(template) ? Templates.above(template) : template;
        return answer(reads.get(template))
                .filter(shape -> shape.plain() instanceof Shape.Document || shape.plain() instanceof Shape.Union)
                .or(() -> answer(reads.get(collection)).flatMap(Listed::of).map(Listed::element))
                .or(() -> answer(creations.get(collection)));
    }

    private Optional<Shape> answer(@Nullable Action action) {
        return Optional.ofNullable(action).map(Action::name).flatMap(answers::of);
    }

    /** The member that holds the id of a collection's documents. */
    String idOf(String collection) {
        Optional<String> exception = exceptions.collection(collection).id();
        if (exception.isPresent()) {
            return exception.get();
        }
        Set<String> members = document(collection + "/{}").map(Layout::members).orElse(Set.of());
        String own = Templates.singular(Templates.last(collection)) + "_id";
        return members.contains("id") || !members.contains(own) ? "id" : own;
    }

    static Set<String> members(Shape shape) {
        return switch (shape.plain()) {
            case Shape.Document document -> document.members().keySet();
            case Shape.Union union -> {
                Set<String> all = new HashSet<>();
                union.variants().forEach(variant -> all.addAll(members(variant)));
                yield all;
            }
            case Shape.Text _,
                    Shape.Date _,
                    Shape.Numeric _,
                    Shape.Flag _,
                    Shape.Anything _,
                    Shape.Listing _,
                    Shape.Mapping _,
                    Shape.Choice _,
                    Shape.Named _ -> Set.of();
        };
    }

    Exceptions exceptions() {
        return exceptions;
    }

    Answers answers() {
        return answers;
    }

    /** Members that must be unique together, by the body that brings them. */
    List<String> key(String collection, JsonNode body) {
        List<String> exception = exceptions.collection(collection).key();
        return exception.isEmpty()
                ? List.of("name", "identifier", "domain", "key", "template").stream()
                        .filter(body::has)
                        .limit(1)
                        .toList()
                : exception;
    }
}
