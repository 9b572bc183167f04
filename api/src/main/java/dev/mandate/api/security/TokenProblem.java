package dev.mandate.api.security;

/** Why an access token is refused. The codes are stable. */
enum TokenProblem {
    /** There is none. */
    MISSING("token.missing", "An access token is needed: Authorization: Bearer …"),
    /** It is no JWS in compact serialization, or a claim that must be there is not, or has another type. */
    MALFORMED("token.malformed", "The access token is not a well-formed JWT"),
    /** Signed with an algorithm that is not on the list; {@code none} and shared keys never are. */
    ALGORITHM("token.algorithm", "The access token's algorithm is not accepted"),
    /** It is a token, but no access token. */
    TYPE("token.type", "This is not an access token"),
    /** Issued by somebody who is not configured here. */
    ISSUER("token.issuer", "The access token's issuer is not known here"),
    /** The signature does not fit, or its key is not the issuer's. */
    SIGNATURE("token.invalid", "The access token's signature does not hold"),
    /** Meant for another API. */
    AUDIENCE("token.audience", "The access token is meant for another API"),
    /** Its time is over. */
    EXPIRED("token.expired", "The access token has expired"),
    /** Its time will be over before the broker is certain to have the command: the worker would not believe it. */
    TOO_LITTLE_LIFE(
            "token.too_little_life",
            "The access token expires too soon for a command to be recorded under it. Get a new one and send the command again"),
    /** Its time has not come. */
    NOT_YET_VALID("token.not_yet_valid", "The access token is not valid yet"),
    /** Bound to a key (RFC 9449, RFC 8705) whose possession a bearer request does not prove. */
    BOUND("token.bound", "The access token is bound to a key and can't be used as a bearer token"),
    /** The issuer's keys can't be had: not the client's fault. */
    ISSUER_UNAVAILABLE("issuer.unavailable", "The issuer of the access token can't be asked for its keys");

    private final String code;
    private final String detail;

    TokenProblem(String code, String detail) {
        this.code = code;
        this.detail = detail;
    }

    String code() {
        return code;
    }

    String detail() {
        return detail;
    }
}
