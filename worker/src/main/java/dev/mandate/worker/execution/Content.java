package dev.mandate.worker.execution;

import dev.mandate.contracts.action.Action;

/**
 * A request's body as it goes over the wire.
 *
 * @param type the {@code Content-Type}
 * @param bytes the body itself
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Content(String type, byte[] bytes) {

    private static final String JSON = "application/json";
    private static final String FORM = "multipart/form-data";

    /**
     * The body that an action's operation takes.
     *
     * @param body the body's JSON as it was signed
     * @throws IllegalArgumentException when it has no spelling in the operation's media type
     */
    static Content of(Action action, byte[] body) {
        String type = action.bodyType().orElse("");
        return switch (type) {
            case JSON -> new Content(JSON, body);
            case FORM -> MultipartForm.of(body, action.body().orElseThrow());
            default -> throw new IllegalArgumentException("Nothing is known of bodies of the type " + type);
        };
    }

    /** Never the body. */
    @Override
    public String toString() {
        return type;
    }
}
