package dev.mandate.simulator.collection;

import dev.mandate.simulator.answers.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How the answer to a list is wrapped.
 *
 * @param items the member that holds the list; none where the answer is the list
 * @param element one item
 */
record Listed(Optional<String> items, Shape element) {

    static Optional<Listed> of(Shape answer) {
        return switch (answer.plain()) {
            case Shape.Listing listing -> Optional.of(new Listed(Optional.empty(), listing.element()));
            case Shape.Document document -> {
                List<Listed> lists = new ArrayList<>();
                document.members().forEach((name, member) -> {
                    if (member.shape().plain() instanceof Shape.Listing(Shape element)) {
                        lists.add(new Listed(Optional.of(name), element));
                    }
                });
                yield lists.size() == 1 ? Optional.of(lists.getFirst()) : Optional.empty();
            }
            case Shape.Text _,
                    Shape.Date _,
                    Shape.Numeric _,
                    Shape.Flag _,
                    Shape.Anything _,
                    Shape.Mapping _,
                    Shape.Choice _,
                    Shape.Union _,
                    Shape.Named _ -> Optional.empty();
        };
    }
}
