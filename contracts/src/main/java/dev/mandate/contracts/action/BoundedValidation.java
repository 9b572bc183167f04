package dev.mandate.contracts.action;

import com.networknt.schema.Error;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.Schema;
import com.networknt.schema.regex.JDKRegularExpressionFactory;
import com.networknt.schema.regex.RegularExpression;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Validation that costs no more than it should, whoever wrote the arguments. The validator collects all that is wrong
 * with every alternative of every element, which took half a minute for an array of empty objects; and Java's regular
 * expressions call themselves for each repetition of a group, until the stack is full.
 */
final class BoundedValidation {

    /** Some hundred elements for which the last of two dozen alternatives is the right one. */
    private static final int MOST_ERRORS = 50_000;
    /** More than any text that Auth0 takes where it asks for such a pattern. */
    private static final int LONGEST = 512;

    private static final Pattern REPEATED_GROUP = Pattern.compile("\\)[*+]");

    private BoundedValidation() {}

    /** What is wrong, each once for every place in the schema; empty when that is too much to be told. */
    static Optional<List<Error>> errors(Schema schema, JsonNode arguments) {
        var context = new Counting();
        try {
            schema.validate(context, arguments);
            return Optional.of(context.getErrors());
        } catch (TooManyErrors e) {
            return Optional.empty();
        }
    }

    /**
     * A regular expression of a schema; where it repeats a group without a bound, it matches no text that is longer
     * than allowed.
     */
    static RegularExpression regularExpression(String regex) {
        RegularExpression expression = JDKRegularExpressionFactory.getInstance().getRegularExpression(regex);
        return REPEATED_GROUP.matcher(regex).find()
                ? text -> text.length() <= LONGEST && expression.matches(text)
                : expression;
    }

    private static final class Counting extends ExecutionContext {

        private int count;

        @Override
        public void addError(Error error) {
            count++;
            if (count > MOST_ERRORS) {
                throw new TooManyErrors();
            }
            super.addError(error);
        }
    }

    private static final class TooManyErrors extends RuntimeException {

        TooManyErrors() {
            super("Too many errors", null, false, false);
        }
    }
}
