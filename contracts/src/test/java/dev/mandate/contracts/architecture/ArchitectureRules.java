package dev.mandate.contracts.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/**
 * The house's rules about who knows whom, for one module. Each throws an {@link AssertionError} that says who broke it.
 */
public final class ArchitectureRules {

    private static final List<String> MODULES = List.of("api", "worker", "audit", "simulator", "sandbox");

    private final String root;
    private final JavaClasses classes;

    private ArchitectureRules(String root) {
        this.root = root;
        this.classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_JARS)
                .importPackages(root);
    }

    /** The rules for the module whose packages begin like this: {@code dev.mandate.worker}. */
    public static ArchitectureRules of(String root) {
        return new ArchitectureRules(root);
    }

    /** Packages depend on one another in one direction. */
    public void packagesHaveNoCycles() {
        slices().matching(root + ".(*)..").should().beFreeOfCycles().check(classes);
    }

    /** Every package says that nothing in it is null unless it says so. */
    public void everyPackageIsNullMarked() {
        classes()
                .that()
                .doNotHaveSimpleName("package-info")
                .should(new ArchCondition<JavaClass>("be in a package that is @NullMarked") {
                    @Override
                    public void check(JavaClass item, ConditionEvents events) {
                        boolean marked = item.getPackage()
                                .tryGetAnnotationOfType(NullMarked.class)
                                .isPresent();
                        if (!marked) {
                            events.add(
                                    SimpleConditionEvent.violated(item, item.getPackageName() + " is not @NullMarked"));
                        }
                    }
                })
                .check(classes);
    }

    /** Of the other modules it knows only {@code contracts} and those that are named. */
    public void ofTheOtherModulesKnowsOnlyContractsAnd(String... known) {
        Stream<String> others = MODULES.stream()
                .filter(module ->
                        !root.equals("dev.mandate." + module) && !List.of(known).contains(module));
        knowsNothingOf(others.map(module -> "dev.mandate." + module + "..").toArray(String[]::new));
    }

    /** It uses nothing of these packages. */
    public void knowsNothingOf(String... packages) {
        noClasses().should().dependOnClassesThat().resideInAnyPackage(packages).check(classes);
    }

    /** What no other package uses is not public, entry points aside. */
    public void whatNobodyElseUsesIsNotPublic(DescribedPredicate<JavaClass> entryPoints) {
        classes()
                .that()
                .areTopLevelClasses()
                .and(DescribedPredicate.not(entryPoints))
                .and(DescribedPredicate.describe(
                        "are used by their own package alone",
                        (JavaClass item) -> item.getDirectDependenciesToSelf().stream()
                                .allMatch(dependency -> dependency
                                        .getOriginClass()
                                        .getPackageName()
                                        .equals(item.getPackageName()))))
                .should()
                .notHaveModifier(JavaModifier.PUBLIC)
                .allowEmptyShould(true)
                .check(classes);
    }
}
