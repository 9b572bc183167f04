package dev.mandate.api;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final JavaClasses API = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.mandate.api");

    @Test
    void the_api_knows_nothing_of_the_management_sdk_nor_of_other_processes() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "com.auth0..",
                        "dev.mandate.worker..",
                        "dev.mandate.audit..",
                        "dev.mandate.simulator..",
                        "dev.mandate.sandbox..")
                .check(API);
    }

    @Test
    void packages_have_no_cycles() {
        slices().matching("dev.mandate.api.(*)..").should().beFreeOfCycles().check(API);
    }

    @Test
    void nothing_but_the_producer_and_the_log_knows_kafka() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "dev.mandate.api.dispatch..", "dev.mandate.api.log..", "dev.mandate.api.health..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.kafka..")
                .check(API);
    }

    @Test
    void controllers_are_nobody_elses_business() {
        classes()
                .that()
                .areAnnotatedWith(org.springframework.web.bind.annotation.RestController.class)
                .should()
                .bePackagePrivate()
                .check(API);
    }
}
