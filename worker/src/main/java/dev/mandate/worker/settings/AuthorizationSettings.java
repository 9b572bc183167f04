package dev.mandate.worker.settings;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The live re-check.
 *
 * @param factsMaxAge how old facts about people may be when an attempt is sent; zero asks every time
 */
public record AuthorizationSettings(@DefaultValue("30s") Duration factsMaxAge) {}
