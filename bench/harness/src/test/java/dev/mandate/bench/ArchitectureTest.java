package dev.mandate.bench;

import com.tngtech.archunit.base.DescribedPredicate;
import dev.mandate.contracts.architecture.ArchitectureRules;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private final ArchitectureRules bench = ArchitectureRules.of("dev.mandate.bench");

    @Test
    void packages_have_no_cycles() {
        bench.packagesHaveNoCycles();
    }

    @Test
    void every_package_is_null_marked() {
        bench.everyPackageIsNullMarked();
    }

    @Test
    void the_harness_starts_the_applications_and_knows_nothing_of_their_insides() {
        bench.ofTheOtherModulesKnowsOnlyContractsAnd("sandbox");
    }

    @Test
    void what_nobody_else_uses_is_not_public() {
        var mains = Set.of("BenchCommand", "BrokerMain", "LoadMain", "SignedLoopMain", "UpstreamMain");
        bench.whatNobodyElseUsesIsNotPublic(
                DescribedPredicate.describe("are mains", type -> mains.contains(type.getSimpleName())));
    }
}
