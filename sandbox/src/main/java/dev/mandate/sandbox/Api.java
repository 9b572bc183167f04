package dev.mandate.sandbox;

import dev.mandate.sandbox.process.Service;
import java.net.URI;

/**
 * An instance of the API.
 *
 * @param service its process
 * @param url where people's requests go
 * @param managementUrl where it answers for its health and metrics
 */
public record Api(Service service, URI url, URI managementUrl) {}
