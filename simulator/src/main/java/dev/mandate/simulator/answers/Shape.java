package dev.mandate.simulator.answers;

import java.util.List;
import java.util.Map;

/** The shape of a JSON value in an answer. */
public sealed interface Shape {

    /** Text without further rules. */
    record Text() implements Shape {}

    /** A point in time, as text. */
    record Date() implements Shape {}

    /** A number; whole ones may be asked for. */
    record Numeric(boolean whole) implements Shape {}

    /** True or false. */
    record Flag() implements Shape {}

    /** Whatever is there. */
    record Anything() implements Shape {}

    /** A list of one shape. */
    record Listing(Shape element) implements Shape {}

    /** An object whose members all have one shape, whatever their names. */
    record Mapping(Shape value) implements Shape {}

    /** One of these texts, or one that is newer than the SDK. */
    record Choice(List<String> values) implements Shape {}

    /** Any of these shapes; the first that fits is meant. */
    record Union(List<Shape> variants) implements Shape {}

    /** An object with these members. */
    record Document(Map<String, Member> members) implements Shape {}

    /** A shape that has a name, so that shapes can hold themselves. */
    record Named(Answers answers, String name) implements Shape {
        /** The shape itself. */
        public Shape resolved() {
            return answers.named(name);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /**
     * A member of a document.
     *
     * @param required whether an answer without it is incomplete
     */
    record Member(Shape shape, boolean required) {}

    /** The shape itself where this is only its name. */
    default Shape plain() {
        return this instanceof Named named ? named.resolved().plain() : this;
    }
}
