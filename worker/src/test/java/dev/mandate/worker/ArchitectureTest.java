package dev.mandate.worker;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final JavaClasses WORKER = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.mandate.worker");

    @Test
    void packages_have_no_cycles() {
        slices().matching("dev.mandate.worker.(*)..").should().beFreeOfCycles().check(WORKER);
    }

    @Test
    void only_one_package_knows_that_auth0_has_an_sdk() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.mandate.worker.auth0")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.auth0..", "okhttp3..")
                .check(WORKER);
    }

    @Test
    void only_the_loop_talks_to_kafka() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.mandate.worker.consumption")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.kafka..", "org.springframework.kafka..")
                .check(WORKER);
    }

    @Test
    void the_worker_knows_the_contracts_and_no_other_part_of_mandate() {
        classes()
                .that()
                .resideInAPackage("dev.mandate.worker..")
                .should()
                .onlyDependOnClassesThat()
                .resideOutsideOfPackages(
                        "dev.mandate.api..", "dev.mandate.audit..", "dev.mandate.simulator..", "dev.mandate.sandbox..")
                .check(WORKER);
    }
}
