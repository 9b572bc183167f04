package dev.mandate.simulator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.mandate.simulator");

    @Test
    void packages_are_free_of_cycles() {
        slices().matching("dev.mandate.simulator.(*)..")
                .should()
                .beFreeOfCycles()
                .check(classes);
    }

    @Test
    void it_knows_nothing_of_mandate_but_the_catalogue() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.mandate.api..",
                        "dev.mandate.worker..",
                        "dev.mandate.audit..",
                        "dev.mandate.sandbox..",
                        "dev.mandate.contracts.command..",
                        "dev.mandate.contracts.signing..",
                        "dev.mandate.contracts.sealing..",
                        "dev.mandate.contracts.journal..",
                        "dev.mandate.contracts.policy..")
                .check(classes);
    }

    @Test
    void auth0s_own_code_is_only_a_witness() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.auth0..")
                .check(classes);
    }
}
