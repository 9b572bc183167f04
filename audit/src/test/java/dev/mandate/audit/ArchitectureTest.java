package dev.mandate.audit;

import com.tngtech.archunit.base.DescribedPredicate;
import dev.mandate.contracts.architecture.ArchitectureRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private final ArchitectureRules audit = ArchitectureRules.of("dev.mandate.audit");

    @Test
    void packages_have_no_cycles() {
        audit.packagesHaveNoCycles();
    }

    @Test
    void every_package_is_null_marked() {
        audit.everyPackageIsNullMarked();
    }

    @Test
    void the_auditor_knows_only_contracts_and_can_not_write() {
        audit.ofTheOtherModulesKnowsOnlyContractsAnd();
        audit.knowsNothingOf(
                "org.springframework..",
                "com.auth0..",
                "java.net.http..",
                "org.apache.kafka.clients.producer..",
                "org.apache.kafka.clients.admin..");
    }

    @Test
    void what_nobody_else_uses_is_not_public() {
        audit.whatNobodyElseUsesIsNotPublic(DescribedPredicate.describe(
                "are entry points",
                type -> type.getSimpleName().equals("Audit")
                        || type.getSimpleName().equals("AuditCommand")
                        || type.getSimpleName().equals("QuarantineCommand")));
    }
}
