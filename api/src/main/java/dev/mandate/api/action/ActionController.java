package dev.mandate.api.action;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.mandate.api.problem.ProblemException;
import dev.mandate.api.security.Caller;
import dev.mandate.contracts.action.Action;
import dev.mandate.contracts.action.Catalogue;
import dev.mandate.contracts.signing.Hashes;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code GET /v1/actions} and {@code GET /v1/actions/{action}}. */
@RestController
class ActionController {

    private static final String ANY_TENANT = "tenant";

    private final Catalogue catalogue;
    private final Map<String, Offer> offers = new TreeMap<>();
    private final Prospects prospects;
    private final Examples examples;
    private final JsonMapper json;

    ActionController(Catalogue catalogue, Prospects prospects, Examples examples, JsonMapper json) {
        this.catalogue = catalogue;
        this.prospects = prospects;
        this.examples = examples;
        this.json = json;
        catalogue.actions().forEach(action -> offers.put(action.name(), Offer.of(action)));
    }

    /** What was found, by name. */
    record ActionList(@JsonProperty("actions") List<ActionSummary> actions) {}

    @GetMapping("/v1/actions")
    ResponseEntity<byte[]> actions(
            @AuthenticationPrincipal Caller caller, @RequestParam MultiValueMap<String, String> query) {
        ActionFilter filter = ActionFilter.of(query);
        Prospects.Viewer viewer = prospects.viewer(caller);
        return answer(new ActionList(offers.values().stream()
                .filter(filter::matches)
                .map(offer -> ActionSummary.of(offer, prospects.of(viewer, offer)))
                .filter(action -> !filter.mine() || action.you().permitted())
                .toList()));
    }

    @GetMapping("/v1/actions/{name}")
    ResponseEntity<byte[]> action(@AuthenticationPrincipal Caller caller, @PathVariable("name") String name) {
        Offer offer = offers.get(name);
        if (offer == null) {
            throw new ProblemException(HttpStatus.NOT_FOUND, "action.unknown", "Not Found", "There is no such action");
        }
        Action action = offer.action();
        String tenant = prospects.tenant(caller).orElse(ANY_TENANT);
        return answer(ActionDetail.of(
                offer,
                prospects.of(prospects.viewer(caller), offer),
                new ActionDetail.ExampleViews(
                        submission(tenant, action, examples.smallest(action)),
                        submission(tenant, action, examples.complete(action))),
                catalogue.schema(action)));
    }

    private static ActionDetail.Submission submission(String tenant, Action action, ObjectNode arguments) {
        return new ActionDetail.Submission(tenant, action.name(), arguments);
    }

    /**
     * It depends on the caller, so only the caller's own cache may keep it, and asks each time whether it still holds.
     */
    private ResponseEntity<byte[]> answer(Object body) {
        byte[] bytes = json.writeValueAsBytes(body);
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noCache().cachePrivate())
                .varyBy(HttpHeaders.AUTHORIZATION)
                .eTag(Hashes.sha256(bytes))
                .contentType(MediaType.APPLICATION_JSON)
                .body(bytes);
    }
}
