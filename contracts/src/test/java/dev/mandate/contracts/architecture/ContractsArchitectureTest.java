package dev.mandate.contracts.architecture;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ContractsArchitectureTest {

    private final ArchitectureRules contracts = ArchitectureRules.of("dev.mandate.contracts");

    @Test
    void packages_have_no_cycles() {
        contracts.packagesHaveNoCycles();
    }

    @Test
    void every_package_is_null_marked() {
        contracts.everyPackageIsNullMarked();
    }

    @Test
    void contracts_know_no_other_module_no_framework_no_kafka_and_no_sdk() {
        contracts.ofTheOtherModulesKnowsOnlyContractsAnd();
        contracts.knowsNothingOf(
                "org.springframework..", "org.apache.kafka..", "com.auth0..", "java.sql..", "java.net.http..");
    }

    @Test
    void a_rule_that_is_broken_is_noticed() {
        assertThatThrownBy(() -> contracts.knowsNothingOf("tools.jackson..")).isInstanceOf(AssertionError.class);
    }
}
