package dev.mandate.simulator.operation;

import dev.mandate.simulator.http.Json;
import dev.mandate.simulator.http.Response;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Auth0's two ways of paging: by number, with or without totals, and by checkpoint. */
public final class Page {

    private static final int DEFAULT_SIZE = 50;
    private static final int LAST_RECORD = 1000;

    private Page() {}

    /** A page by number: a bare array, or with {@code include_totals} an object around it. */
    public static Response byNumber(Call call, String name, List<ObjectNode> all) throws ApiError {
        int size = number(call, "per_page", DEFAULT_SIZE);
        int start = number(call, "page", 0) * size;
        if (start + size > LAST_RECORD) {
            throw ApiError.badRequest("You can only page through the first 1000 records.", "invalid_paging");
        }
        List<ObjectNode> items = all.stream().skip(start).limit(size).toList();
        if (!call.flag("include_totals")) {
            return Response.json(call.success(), array(items));
        }
        ObjectNode body = Json.object()
                .put("start", start)
                .put("limit", size)
                .put("length", items.size())
                .put("total", all.size());
        body.set(name, array(items));
        return Response.json(call.success(), body);
    }

    /** A page by checkpoint if {@code from} or {@code take} is given, else by number. */
    public static Response byCheckpoint(Call call, String name, List<ObjectNode> all, Function<ObjectNode, String> id)
            throws ApiError {
        if (!isCheckpoint(call)) {
            return byNumber(call, name, all);
        }
        int size = number(call, "take", DEFAULT_SIZE);
        int start = start(call, all, id);
        List<ObjectNode> items = all.stream().skip(start).limit(size).toList();
        ObjectNode body = Json.object();
        if (start + items.size() < all.size()) {
            body.put("next", cursor(id.apply(items.getLast())));
        }
        body.set(name, array(items));
        return Response.json(call.success(), body);
    }

    /** A page in the wrapper that an operation always has, with its place by either way of counting. */
    public static Response wrapped(Call call, String name, List<ObjectNode> all, Function<ObjectNode, String> id)
            throws ApiError {
        if (isCheckpoint(call)) {
            return byCheckpoint(call, name, all, id);
        }
        int size = number(call, "per_page", DEFAULT_SIZE);
        int page = number(call, "page", 0);
        List<ObjectNode> items =
                all.stream().skip((long) page * size).limit(size).toList();
        ObjectNode body = Json.object();
        if (call.action().queryParameters().stream()
                .anyMatch(each -> each.name().equals("page"))) {
            body.put("page", page).put("per_page", size).put("total", all.size());
        }
        body.set(name, array(items));
        return Response.json(call.success(), body);
    }

    private static boolean isCheckpoint(Call call) {
        return call.action().queryParameters().stream()
                        .anyMatch(each -> each.name().equals("take"))
                && (call.query().find("take").isPresent()
                        || call.query().find("from").isPresent());
    }

    private static int start(Call call, List<ObjectNode> all, Function<ObjectNode, String> id) throws ApiError {
        String from = call.query().find("from").orElse("");
        if (from.isEmpty()) {
            return 0;
        }
        for (int i = 0; i < all.size(); i++) {
            if (cursor(id.apply(all.get(i))).equals(from)) {
                return i + 1;
            }
        }
        throw ApiError.badRequest("The 'from' parameter is invalid.", "invalid_paging");
    }

    private static String cursor(String id) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(id.getBytes(StandardCharsets.UTF_8));
    }

    private static int number(Call call, String name, int absent) {
        return call.query().find(name).map(Integer::parseInt).orElse(absent);
    }

    private static ArrayNode array(List<ObjectNode> items) {
        return Json.MAPPER.createArrayNode().addAll(items);
    }
}
