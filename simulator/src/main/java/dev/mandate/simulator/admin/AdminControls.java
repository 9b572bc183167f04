package dev.mandate.simulator.admin;

import dev.mandate.simulator.faults.Faults;
import dev.mandate.simulator.journal.RequestJournal;
import dev.mandate.simulator.management.Bucket;
import dev.mandate.simulator.tenant.Tenant;
import dev.mandate.simulator.tenant.TenantLog;
import dev.mandate.simulator.tokens.SigningKeys;

/**
 * What the admin interface steers.
 *
 * @param reset goes back to the seed
 */
public record AdminControls(
        Tenant tenant,
        TenantLog log,
        Faults faults,
        RequestJournal journal,
        Bucket bucket,
        SigningKeys keys,
        Runnable reset) {}
