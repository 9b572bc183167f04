package dev.mandate.sandbox;

import com.tngtech.archunit.base.DescribedPredicate;
import dev.mandate.contracts.architecture.ArchitectureRules;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private final ArchitectureRules sandbox = ArchitectureRules.of("dev.mandate.sandbox");

    @Test
    void packages_have_no_cycles() {
        sandbox.packagesHaveNoCycles();
    }

    @Test
    void every_package_is_null_marked() {
        sandbox.everyPackageIsNullMarked();
    }

    @Test
    void the_sandbox_starts_the_applications_and_knows_nothing_of_their_insides() {
        sandbox.ofTheOtherModulesKnowsOnlyContractsAnd("simulator", "audit");
    }

    @Test
    void what_nobody_else_uses_is_not_public() {
        // The launcher and the end-to-end tests use the first three; of the others only constants and signatures are
        // used.
        var entryPoints = Set.of("SandboxCommand", "Stage", "Disguises", "Names", "Progress", "Program");
        sandbox.whatNobodyElseUsesIsNotPublic(
                DescribedPredicate.describe("are entry points", type -> entryPoints.contains(type.getSimpleName())));
    }
}
