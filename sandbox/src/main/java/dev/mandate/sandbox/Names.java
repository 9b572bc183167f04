package dev.mandate.sandbox;

/** The names that everything in a sandbox goes by. */
public final class Names {

    /** The tenant's alias. */
    public static final String TENANT = "acme-prod";
    /** The company's own API: the audience of people's access tokens. */
    public static final String AUDIENCE = "https://mandate.example/api";
    /** The environment, in audiences of commands and outcomes. */
    public static final String ENVIRONMENT = "prod";
    /** The {@code iss} of what the API signs. */
    public static final String INTAKE_ISSUER = "https://mandate.example/intake";
    /** The {@code iss} of what the worker signs. */
    public static final String WORKER_ISSUER = "https://mandate.example/worker";
    /** The claim of people's access tokens that holds the names of roles. */
    public static final String ROLES_CLAIM = "https://mandate.example/roles";

    private Names() {}
}
