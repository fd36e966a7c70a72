package io.github.qwop;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.NullMarked;

/** The house's floors: a package uses only those below it. */
@AnalyzeClasses(packages = "io.github.qwop", importOptions = ImportOption.DoNotIncludeTests.class)
class FloorsTest {

    private static final String ROOT = "io.github.qwop.";

    /** From the ground up; each may use itself and what stands before it. */
    private static final String[] FLOORS = {
        "file",
        "random",
        "parallel",
        "statistics",
        "schedule",
        "metric",
        "game",
        "game.twin",
        "game.web",
        "game.page",
        "env",
        "model",
        "play",
        "search",
        "learn",
        "run",
        "cluster",
        "report",
        "goal"
    };

    @ArchTest
    static void aFloorUsesOnlyThoseBelow(JavaClasses all) {
        for (int i = 0; i < FLOORS.length; i++) {
            for (int above = i + 1; above < FLOORS.length; above++) {
                noClasses()
                        .that()
                        .resideInAnyPackage(room(FLOORS[i]))
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(room(FLOORS[above]))
                        .because(FLOORS[i] + " lies below " + FLOORS[above])
                        .check(all);
            }
        }
    }

    /** The game's package alone has rooms on other floors below it. */
    private static String room(String floor) {
        return floor.equals("game") ? ROOT + "game" : ROOT + floor + "..";
    }

    @ArchTest
    static void everyPackageHasAFloor(JavaClasses all) {
        for (JavaClass type : all) {
            assertThat(FLOORS)
                    .as("floors, for %s", type.getName())
                    .anyMatch(floor -> type.getPackageName().equals(ROOT + floor)
                            || type.getPackageName().startsWith(ROOT + floor + "."));
        }
    }

    @ArchTest
    static void noCycles(JavaClasses all) {
        slices().matching(ROOT + "(**)").should().beFreeOfCycles().check(all);
    }

    @ArchTest
    static void theTwinKnowsNothingOfTheWorld(JavaClasses all) {
        classes()
                .that()
                .resideInAPackage(ROOT + "game.twin")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java.lang", "java.util", ROOT + "game", ROOT + "game.twin", "org.jspecify..")
                .check(all);
    }

    @ArchTest
    static void enginesStayWhereTheyBelong(JavaClasses all) {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + "model..", ROOT + "learn..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("ai.djl..", "ai.onnx..")
                .check(all);
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + "model.onnx", ROOT + "run.metrics")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.google.protobuf..")
                .check(all);
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "game.page")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.htmlunit..")
                .check(all);
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "cluster")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.spark..", "scala..")
                .check(all);
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.maven..")
                .check(all);
    }

    @ArchTest
    static void theReportKnowsNoLearners(JavaClasses all) {
        noClasses()
                .that()
                .resideInAPackage(ROOT + "report..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ROOT + "learn..", ROOT + "model..")
                .check(all);
    }

    @ArchTest
    static void learnersAndSearchesKnowNoFiles(JavaClasses all) {
        noClasses()
                .that()
                .resideInAnyPackage(ROOT + "learn..", ROOT + "env..", ROOT + "search..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.nio.file..")
                .check(all);
    }

    @ArchTest
    static void everyRoomIsNullMarkedAndHasAName(JavaClasses all) {
        Set<String> unmarked = new TreeSet<>();
        for (JavaClass type : all) {
            boolean marked = type.getPackage()
                    .tryGetPackageInfo()
                    .filter(info -> info.isAnnotatedWith(NullMarked.class))
                    .isPresent();
            if (!marked) {
                unmarked.add(type.getPackageName());
            }
        }
        assertThat(unmarked).isEmpty();
        noClasses()
                .should()
                .resideInAnyPackage("..util..", "..helper..", "..manager..", "..common..", "..misc..")
                .check(all);
    }
}
